// Identifiers for the values of a program: inputs and outputs keep their names, other values are called by their line.
import type { Program } from '../../ir/program.ts';
import { portsOf } from '../../program/ports.ts';
import { findOp } from '../../ops/index.ts';

/** What generated files use themselves, and what TypeScript does not take as a name. */
const reserved = new Set(
  `c circuit lower program describe q u bit field digest arguments await break case catch class const continue debugger default delete
  do else enum eval export extends false finally for function if implements import in instanceof interface let new null
  package private protected public return static super switch this throw true try typeof undefined var void while with
  yield`.split(/\s+/),
);

/** `reduce-sum` as `reduceSum`. */
export function camelCase(name: string): string {
  const parts = name.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  const joined = parts
    .map((part, i) => (i === 0 ? part : part[0]!.toUpperCase() + part.slice(1)))
    .join('');
  return /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
}

/** The name of a value for each line of a program, all different. */
export function valueNames(program: Program): string[] {
  const taken = new Set(reserved);
  const names = new Map<number, string>();
  for (const { name, line } of portsOf(program)) {
    const wanted = camelCase(name);
    if (names.has(line) || taken.has(wanted) || /^v\d+$/.test(wanted)) continue;
    names.set(line, wanted);
    taken.add(wanted);
  }
  return program.lines.map((_, line) => names.get(line) ?? `v${line}`);
}

/** The ops that a program uses, in the order of the alphabet. */
export const opsOf = (program: Program): string[] =>
  [...new Set(program.lines.map(({ op }) => findOp(op).name))].sort();

/** A property's name, quoted where it has to be. */
export const propertyName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
