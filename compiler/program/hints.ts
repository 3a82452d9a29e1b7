// The hints that a program names. They are functions, which are not part of it: only a witness needs them.
import { LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import { callOf } from './calls.ts';
import { findOp } from '../ops/index.ts';
import { hasHint, unknownHint } from '../ops/shared/hints.ts';

/** By name, the lines whose values each hint computes. */
export function hintsOf(program: Program): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  program.lines.forEach(({ op, attributes }, number) => {
    const hint = findOp(op).choice?.hint?.(attributes);
    if (hint !== undefined) lines.set(hint, [...(lines.get(hint) ?? []), number]);
  });
  return lines;
}

/** The names of authors' functions, whose code is not part of the program either. */
export const functionsOf = (program: Program): readonly string[] => [
  ...new Set(
    program.lines.flatMap((line) =>
      (findOp(line.op).premises?.(callOf(program, line)) ?? []).flatMap((premise) =>
        premise.kind === 'derivative-bounds' ? [premise.function] : [],
      ),
    ),
  ),
];

/** One finding for each hint that no module has defined, at the first line that needs it. */
export function findMissingHints(program: Program): Diagnostic[] {
  return [...hintsOf(program)]
    .filter(([name]) => !hasHint(name))
    .map(([name, [first, ...others]]) => {
      const { code, message, hint } = unknownHint(name);
      const { where } = program.lines[first!]!;
      const lines = others.map((line) => lineOf(program, line)).join(', ');
      return {
        code,
        message: others.length === 0 ? message : `${message}; also needed in ${lines}`,
        hint: `only a witness needs it: --hints MODULE gives the module that defines it (defineHint); ${hint}`,
        ...(where ? { where } : {}),
      };
    });
}

/** Throws a LetheError with all that are missing. */
export function requireHints(program: Program): void {
  const missing = findMissingHints(program);
  if (missing.length > 0) throw new LetheError(missing);
}

/** `line 7` of the file where that is known. */
function lineOf({ lines }: Program, number: number): string {
  const { where } = lines[number]!;
  return where ? `line ${where.line}` : `%${number}`;
}
