// How src/main.nr is laid out: a header that says what goes in and out, the struct of the outputs, main.
import { print } from '../../program/print.ts';
import type { Program } from '../../ir/program.ts';
import { describe, field, parameter, type Abi } from './abi.ts';
import { preludeNames } from './prelude.ts';
import { comment, indent } from './text.ts';

/** `returned` names the value of an output's line. */
export function layOut(
  program: Program,
  abi: Abi,
  body: readonly string[],
  returned: (line: number) => string,
): string {
  return [...header(program, abi), ...uses(body), ...main(abi, body, returned), ''].join('\n');
}

function header(program: Program, { inputs, choices, outputs }: Abi): string[] {
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  return [
    print({ ...program, lines: [] }).trim(),
    '',
    "Every number is an integer x in a Field, BN254's scalar field; -x is p - x. With f fractional bits it stands for the",
    'real x / 2^f. Each is range-checked where it comes in, and no interval reaches p/2.',
    ...section('Inputs', inputs.map(describe)),
    ...section(
      'Chosen by the prover, and accepted by what is asserted of them below: Noir cannot compute them',
      choices.map(describe),
    ),
    ...section('Returned, public', outputs.map(describe)),
  ].map((text) => comment(text));
}

/** `use` of what the body calls. */
function uses(body: readonly string[]): string[] {
  const used = preludeNames.filter((name) => body.some((text) => text.includes(`${name}::<`)));
  const names = used.length === 1 ? used[0] : `{${used.join(', ')}}`;
  return ['', 'mod lethe;', ...(used.length === 0 ? [] : ['', `use lethe::${names};`])];
}

function main(
  { inputs, choices, outputs }: Abi,
  body: readonly string[],
  returned: (line: number) => string,
): string[] {
  const results = outputs.map(({ name, line }) => `${name}: ${returned(line)},`);
  return [
    '',
    ...(outputs.length === 0 ? [] : ['struct Outputs {', ...indent(outputs.map(field)), '}', '']),
    'fn main(',
    ...indent([...inputs, ...choices].map(parameter)),
    outputs.length === 0 ? ') {' : ') -> pub Outputs {',
    ...indent(body.slice(1)),
    ...(outputs.length === 0 ? [] : ['', ...indent(['Outputs {', ...indent(results), '}'])]),
    '}',
  ];
}
