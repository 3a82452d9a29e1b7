// Prover.toml: what main is given, and must return, by the exact integer meaning of the program on some inputs.
import { renderType } from '../../ir/program.ts';
import { nest, type Nested } from '../../inputs/render.ts';
import type { FixedRun } from '../../meanings/fixed.ts';
import type { Abi, Port } from './abi.ts';
import { residue } from './field.ts';
import { comment } from './text.ts';

/** An integer as a field element: digits, or, where it is negative, p − |x| in hexadecimal. */
export const fieldText = (x: bigint): string => (x < 0n ? `0x${residue(x).toString(16)}` : `${x}`);

/** A tensor as Noir's tools take it: nested arrays of strings. */
export const noirTensor = ({ type: { shape } }: Port, integers: readonly bigint[]): Nested =>
  nest(shape, integers.map(fieldText));

/** Of a run on which every line has a value. */
export function proverToml({ inputs, choices, outputs }: Abi, { values }: FixedRun): string {
  const entry = (port: Port): string[] => [
    comment(renderType(port.type), '#'),
    `${port.name} = ${toml(noirTensor(port, values[port.line]!))}`,
  ];
  return [
    ...[...inputs, ...choices].flatMap(entry),
    ...(outputs.length === 0 ? [] : ['', '[return]', ...outputs.flatMap(entry)]),
    '',
  ].join('\n');
}

/** A row of the last axis on each line. */
function toml(value: Nested): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (!Array.isArray(value[0])) return `[${value.map(toml).join(', ')}]`;
  const rows = value.map((row) => `  ${toml(row).replaceAll('\n', '\n  ')}`);
  return `[\n${rows.join(',\n')}\n]`;
}
