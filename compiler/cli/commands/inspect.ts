// lethe inspect: the program, what each line costs, and the totals by gate.
import { renderType } from '../../ir/program.ts';
import { Command } from 'commander';
import { analyzeErrors } from '../../analyses/error.ts';
import { systemDigest } from '../../constraints/digest.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { countRows, rowsByLine, totalRows } from '../../constraints/rows.ts';
import { isOpaque } from '../../ir/format.ts';
import { portsOf } from '../../ir/ports.ts';
import { print, printLine } from '../../ir/print.ts';

import { findOp } from '../../ops/index.ts';
import { renderInterval } from '../../numbers/interval.ts';
import type { Outcome } from '../exit.ts';
import { withCircuitOptions, type CircuitOptions } from '../options.ts';
import { loadProgram } from '../run.ts';

export function inspectCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withCircuitOptions(new Command('inspect'))
    .argument('<file>', 'a TypeScript or JavaScript file that exports a circuit')
    .summary('print the program with ranges, error bounds and rows')
    .description(
      'Prints the program of a circuit, one operation a line, with the range of its integers, the bound of its error against the reals, and the rows it costs; then the rows by gate.',
    )
    .addHelpText('after', '\nExample:\n  lethe inspect examples/group-obs.ts --set blocks=4')
    .action((file: string, options: CircuitOptions) =>
      run(async () => inspect(await loadProgram(file, options))),
    );
}

function inspect(circuit: LoweredProgram): Outcome {
  const { program, ranges, system } = circuit;
  const rows = rowsByLine(system);
  const errors = analyzeErrors(program, ranges);
  const counts = countRows(system);
  const total = totalRows(counts);
  const digest = systemDigest(system);
  const note = (line: number): string => {
    const { op, type } = program.lines[line]!;
    const numeric = !findOp(op).effect && !isOpaque(type.format);
    const facts = numeric
      ? [`range ${renderInterval(ranges[line]!)}`, `error ${renderError(errors[line]!)}`]
      : [];
    return [...facts, `rows ${round(rows.get(line) ?? 0)}`].join('  ');
  };
  const gates = Object.entries(counts).map(([gate, count]) => `${gate} ${count}`);
  return {
    exit: 0,
    json: {
      ok: true,
      circuit: program.name,
      parameters: program.parameters,
      digest,
      rows: { total, ...counts },
      ports: portsOf(program).map(({ name, visibility, direction, type }) => ({
        name,
        visibility,
        direction,
        type: renderType(type),
      })),
      lines: program.lines.map((line, number) => ({
        text: printLine(program, number),
        rows: rows.get(number) ?? 0,
        range: [ranges[number]!.low, ranges[number]!.high],
        error: Number.isFinite(errors[number]) ? errors[number] : null,
        ...(line.where ? { where: line.where } : {}),
      })),
    },
    text: `${print(program, note)}\nrows ${total}: ${gates.join(', ')}\ndigest ${digest}\n`,
  };
}

const round = (rows: number): number => Math.round(rows * 100) / 100;

export const renderError = (error: number): string =>
  error === 0 ? '0' : Number.isFinite(error) ? error.toExponential(1) : 'unbounded';
