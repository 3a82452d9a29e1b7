// Salts: random bits of secret inputs that hide a commitment. A field element is one by itself; words keep some bits from the numbers
// that are unpacked from them.
import type { Expression, Variable } from '../../constraints/expression.ts';
import { isOpaque } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { findOp } from '../../ops/index.ts';
import { callOf } from '../../program/calls.ts';
import { inputsOf } from '../../program/ports.ts';

/** Random bits that nobody guesses. */
export const saltBits = 128;

export interface Salt {
  /** The secret input that it is an element of. */
  readonly input: string;
  readonly variable: Variable;
  /** Random ones. */
  readonly bits: number;
}

/** Whether those hide what they are hashed with, all together. */
export const hides = (salts: readonly Salt[]): boolean =>
  salts.reduce((sum, { bits }) => sum + bits, 0) >= saltBits;

const wordBits = 64;

export function saltsIn({ program, system, values }: LoweredProgram): Map<Variable, Salt> {
  const secrets = new Map<Variable, { input: string; opaque: boolean }>();
  for (const { name, visibility, type } of inputsOf(program))
    if (visibility === 'secret')
      for (const variable of system.ports.find((port) => port.name === name)!.variables)
        secrets.set(variable, { input: name, opaque: isOpaque(type.format) });
  const salts = new Map<Variable, Salt>();
  for (const [variable, { input, opaque }] of secrets)
    if (opaque) salts.set(variable, { input, variable, bits: 2 * saltBits });

  // Wherever words were moved before they are unpacked. What several lines show of a word is taken from it each time.
  for (const line of program.lines) {
    const unseen = findOp(line.op).commitment?.unseenBits?.(callOf(program, line));
    if (!unseen) continue;
    values[line.arguments[0]!]!.forEach((word, element) => {
      const variable = variableOf(word);
      const secret = variable === undefined ? undefined : secrets.get(variable);
      if (variable === undefined || !secret) return;
      const before = salts.get(variable)?.bits ?? wordBits;
      const bits = Math.max(0, before - wordBits + unseen[element % unseen.length]!);
      salts.set(variable, { input: secret.input, variable, bits });
    });
  }
  return salts;
}

/** The variable that the expression is. */
function variableOf({ terms, constant }: Expression): Variable | undefined {
  const [only, ...others] = terms;
  return only?.coefficient === 1n && others.length === 0 && constant === 0n
    ? only.variable
    : undefined;
}
