// What an accepted witness says, held against the fixed-point meaning: inputs in their formats, choices that are
// admitted, every other line what its arguments make of it, outputs equal to their lines.
import { evaluate } from '../../constraints/expression.ts';
import { callOf } from '../../program/calls.ts';
import { formatInterval, isOpaque } from '../../ir/format.ts';
import { describeLine } from '../../program/print.ts';
import { portsOf } from '../../program/ports.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { canonical, centered } from '../../numbers/field.ts';
import { findOp } from '../../ops/index.ts';
import { Violation } from '../../ops/op.ts';

/** The integers of each line in a witness. */
export function valuesOf(circuit: LoweredProgram, witness: readonly bigint[]): bigint[][] {
  return circuit.program.lines.map(({ type }, line) => {
    const read = isOpaque(type.format) ? canonical : centered;
    return circuit.values[line]!.map((expression) => read(evaluate(expression, witness)));
  });
}

/**
 * How a witness contradicts the fixed-point meaning; undefined when it does not. `honest` are the lines' values in a
 * witness that does not: lines with the same values need no second look.
 */
export function contradiction(
  circuit: LoweredProgram,
  witness: readonly bigint[],
  honest?: readonly (readonly bigint[])[],
): string | undefined {
  const { program, system } = circuit;
  const values = valuesOf(circuit, witness);
  const same = values.map((own, line) => honest?.[line]!.every((x, i) => x === own[i]) ?? false);
  for (const [number, line] of program.lines.entries()) {
    if (same[number] && line.arguments.every((argument) => same[argument])) continue;
    const [op, call, own] = [findOp(line.op), callOf(program, line), values[number]!];
    const args = line.arguments.map((argument) => values[argument]!);
    const said = (what: string): string => `\`${describeLine(program, number)}\`${what}`;
    if (op.port?.input) {
      const { low, high } = formatInterval(line.type.format);
      const outside = own.findIndex((x) => x < low || x > high);
      if (outside !== -1)
        return said(`, element ${outside}: ${own[outside]} is outside its format`);
      continue;
    }
    try {
      op.choice?.admits(own, args, call);
      const expected = op.choice ? own : op.fixed(args, call);
      const wrong = own.findIndex((x, element) => x !== expected[element]);
      if (wrong !== -1)
        return said(`, element ${wrong}: circuit ${own[wrong]}, fixed ${expected[wrong]}`);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      return said(`, element ${error.element}: ${error.message}`);
    }
  }
  for (const { name, direction, line } of portsOf(program)) {
    if (direction === 'input') continue;
    const { variables } = system.ports.find((port) => port.name === name)!;
    const wrong = variables.findIndex((v, i) => witness[v] !== canonical(values[line]![i]!));
    if (wrong !== -1) return `output ${name}, element ${wrong}, is not the value of its line`;
  }
  return undefined;
}
