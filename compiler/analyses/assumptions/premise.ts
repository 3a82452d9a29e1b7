// Premises in words: the name of the assumption, its text, and its cure.
import { builtInFunctions } from '../../functions/registry.ts';
import type { Premise } from '../../ops/op.ts';

/** The part of the name before the number that tells equal ones apart. */
export function nameOf(premise: Premise, op: string): string {
  switch (premise.kind) {
    case 'near-hint':
      return `${premise.hint}.within`;
    case 'symmetric':
      return `${op}.symmetric`;
    case 'eigenvalues':
      return `${op}.eigenvalues`;
    case 'derivative-bounds':
      return `${premise.function}.derivatives`;
  }
}

export function describePremise(premise: Premise): string {
  switch (premise.kind) {
    case 'near-hint':
      return `every value that the assertions accept is at most ${renderReal(premise.within)} from the hint "${premise.hint}"`;
    case 'symmetric':
      return 'the matrix is symmetric';
    case 'eigenvalues':
      return `no eigenvalue of the matrix is below ${renderReal(premise.least)}`;
    case 'derivative-bounds':
      return `the derivatives of "${premise.function}" are within the bounds that its definition gives, and its code computes it to 2^-48`;
  }
}

/** It says nothing of the line: all lines that rest on it share one assumption. */
export const isShared = (premise: Premise): boolean => premise.kind === 'derivative-bounds';

/** How an author can do without the assumption. */
export function cureOf(premise: Premise): string {
  switch (premise.kind) {
    case 'near-hint':
      return 'write the hint so that its code can be read, and assert what keeps the value near it; where the assertions force the value, leave `within` out';
    case 'symmetric':
      return 'build the matrix from its triangle: symmetric(triangle, { size })';
    case 'eigenvalues':
      return 'take a form with a bound by construction (solveGram), or certify it (assertDefinite)';
    case 'derivative-bounds':
      return `make it of functions that the library knows: ${[...builtInFunctions.keys()].join(', ')}`;
  }
}

/** Powers of two as such. */
function renderReal(x: number): string {
  const exponent = Math.log2(x);
  return Number.isInteger(exponent) && exponent < 0 ? `2^${exponent}` : String(x);
}

/** Gives each name once: the second `clip.within` is `clip.within.2`. */
export class Names {
  readonly #uses = new Map<string, number>();

  next(name: string): string {
    const use = (this.#uses.get(name) ?? 0) + 1;
    this.#uses.set(name, use);
    return use === 1 ? name : `${name}.${use}`;
  }
}
