// src/main.nr of a program: a statement or a loop for each line, under the line's text.
import { isLetheError, LetheError, at, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isOpaque, renderFormat } from '../../ir/format.ts';
import { callOf } from '../../program/calls.ts';
import { describeLine } from '../../program/print.ts';
import type { Line } from '../../ir/program.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { rangesOf } from '../../meanings/range.ts';
import { hull, interval, renderInterval } from '../../numbers/interval.ts';
import { abiOf, type Abi } from './abi.ts';
import { requireSigned } from './field.ts';
import { layOut } from './layout.ts';
import type { Value } from './line.ts';
import { Names } from './names.ts';
import { noirOps } from './ops/index.ts';
import { ofAnotherField, refuse, refusedOps } from './refusals.ts';
import { comment } from './text.ts';

export interface Source {
  readonly text: string;
  readonly abi: Abi;
}

/** Throws a LetheError with every line that Noir cannot say. */
export function sourceOf(circuit: LoweredProgram): Source {
  const { program } = circuit;
  const names = new Names();
  const abi = abiOf(program, names, new Names());
  const values = valuesOf(circuit, abi, names);
  const findings: Diagnostic[] = [];
  const body = program.lines.flatMap((line, number) => {
    try {
      return at(line.where, () => writeLine(circuit, values, names, number));
    } catch (error) {
      if (!isLetheError(error)) throw error;
      findings.push(...error.diagnostics);
      return [];
    }
  });
  if (findings.length > 0) throw new LetheError(findings);
  return { text: layOut(program, abi, body, (line) => values[line]!.name), abi };
}

/** Inputs and choices are main's arguments; other values are called by the number of their line. */
function valuesOf(
  { program, ranges }: LoweredProgram,
  { inputs, choices }: Abi,
  names: Names,
): Value[] {
  const given = new Map([...inputs, ...choices].map(({ line, name }) => [line, name]));
  const used = new Set(program.lines.flatMap(({ arguments: args }) => args));
  return program.lines.map(({ type }, number) => ({
    name: given.get(number) ?? names.claim(`${used.has(number) ? '' : '_'}v${number}`),
    type,
    range: ranges[number]!.length === 0 ? interval(0n, 0n) : hull(...ranges[number]!),
  }));
}

function writeLine(
  { program, ranges }: LoweredProgram,
  values: readonly Value[],
  names: Names,
  number: number,
): string[] {
  const line = program.lines[number]!;
  const result = values[number]!;
  const args = line.arguments.map((argument) => values[argument]!);
  const write = noirOps.get(line.op);
  const refusal = refusedOps.get(line.op) ?? {
    what: `no Noir is known for ${line.op}`,
    cure: 'leave it out',
  };
  if (!write) refuse(refusal.what, refusal.cure);
  if (isOpaque(line.type.format)) {
    // One finding where a value of another field comes from, none where it goes.
    if (args.some(({ type }) => isOpaque(type.format))) return [];
    const { what, cure } = ofAnotherField(line.op, renderFormat(line.type.format));
    refuse(what, cure);
  }
  requireSigned(line.op, result.range);
  const statements = write({
    op: line.op,
    attributes: line.attributes,
    call: callOf(program, line),
    ranges: rangesOf(program, number, ranges),
    arguments: args,
    result,
    free: (preferred) => names.free(preferred),
  });
  return ['', comment(describeLine(program, number)), ...facts(line, result), ...statements];
}

/** The interval of the value, and the author's line. */
function facts({ type, where }: Line, { range }: Value): string[] {
  const interval = type.shape[0] === 0 ? [] : [`in ${renderInterval(range)}`];
  const place = where ? [`${where.file.split(/[\\/]/).at(-1)}:${where.line}`] : [];
  const text = [...interval, ...place].join('; ');
  return text === '' ? [] : [comment(`  ${text}`)];
}
