// The hints and the authors' functions that a program names. Their code is not part of it. Only a witness needs hints; without a function,
// nothing is known of the distance to it.
import { LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import { callOf } from './calls.ts';
import { functionFinding, isFunction } from '../functions/registry.ts';
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

/** By name, the lines that stand for each function of an author's, whose code is not part of the program either. */
export function functionsOf(program: Program): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  program.lines.forEach((line, number) => {
    for (const premise of findOp(line.op).premises?.(callOf(program, line)) ?? [])
      if (premise.kind === 'derivative-bounds')
        lines.set(premise.function, [...(lines.get(premise.function) ?? []), number]);
  });
  return lines;
}

/** One finding for each hint and each function that no module has defined, at the first line that needs it. */
export function findMissingHints(program: Program): Diagnostic[] {
  const hints = [...hintsOf(program)].filter(([name]) => !hasHint(name));
  const functions = [...functionsOf(program)].filter(([name]) => !isFunction(name));
  return [
    ...hints.map(([name, lines]) => {
      const finding = unknownHint(name);
      const cure = `only a witness needs it: --hints MODULE gives the module that defines it (defineHint); ${finding.hint}`;
      return missing(program, lines, { ...finding, hint: cure });
    }),
    ...functions.map(([name, lines]) => missing(program, lines, functionFinding(name))),
  ];
}

function missing(
  program: Program,
  [first, ...others]: readonly number[],
  finding: Diagnostic,
): Diagnostic {
  const { where } = program.lines[first!]!;
  const lines = others.map((line) => lineOf(program, line)).join(', ');
  return {
    ...finding,
    ...(others.length > 0 ? { message: `${finding.message}; also needed in ${lines}` } : {}),
    ...(where ? { where } : {}),
  };
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
