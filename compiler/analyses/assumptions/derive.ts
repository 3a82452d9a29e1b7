// Derives the premises of a declared relation, and certifies its value by the constraints alone, with the declaration left
// aside.
import type { Expression } from '../../constraints/expression.ts';
import { fractionOf } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { realUp } from '../../numbers/upward.ts';
import type { Premise } from '../../ops/op.ts';
import { eigenvalueBound, isSymmetric, type Matrix } from './definite.ts';
import { factsOf, type Facts } from './facts.ts';
import { expandForms, spreadOf, type ExpandedForm } from './spread.ts';

/** The certificate of the elements of a declared line. */
export type Certificate =
  /** Each has one value for given inputs. */
  | { readonly kind: 'exact' }
  /** Two accepted values of an element differ by at most `spread`, in real units, for given inputs. */
  | { readonly kind: 'interval'; readonly spread: number }
  | { readonly kind: 'nothing' };

/** Bits after the matrix's last place with which a declared eigenvalue is compared. */
const guardBits = 20;

export class Deriver {
  readonly #circuit: LoweredProgram;
  readonly #forced: ReadonlySet<number>;
  #facts: Facts | undefined;
  #forms: readonly ExpandedForm[] | undefined;

  /** `forced`: the lines whose values the constraints force when nothing that is declared counts. */
  constructor(circuit: LoweredProgram, forced: ReadonlySet<number>) {
    this.#circuit = circuit;
    this.#forced = forced;
  }

  certify(line: number): Certificate {
    if (this.#forced.has(line)) return { kind: 'exact' };
    const facts = this.#known();
    const forms = (this.#forms ??= expandForms(facts));
    const isKnown = (symbol: number): boolean =>
      facts.elements.has(symbol) && this.#forced.has(facts.lineOf[symbol]!);
    let widest = 0n;
    for (const { terms } of facts.values[line]!) {
      const [term] = terms;
      const spread =
        terms.length === 1 ? spreadOf(term!.variable, forms, facts, isKnown) : undefined;
      if (spread === undefined) return { kind: 'nothing' };
      if (spread > widest) widest = spread;
    }
    if (widest === 0n) return { kind: 'exact' };
    const { format } = this.#circuit.program.lines[line]!.type;
    return { kind: 'interval', spread: realUp(widest, fractionOf(format)) };
  }

  /** Why the premise of a line holds; undefined where the circuit does not prove it. */
  derive(premise: Premise, line: number): string | undefined {
    switch (premise.kind) {
      case 'near-hint':
        // A hint is a black box: constraints that force the value may force another one than the hint's, and no honest prover exists.
        return undefined;
      case 'derivative-bounds':
        // So is the code of a function.
        return undefined;
      case 'symmetric':
        return this.#matrices(line, premise.argument).every(isSymmetric)
          ? 'its entries (i, j) and (j, i) are the same value'
          : undefined;
      case 'eigenvalues':
        return this.#eigenvalues(premise, line);
    }
  }

  #eigenvalues(
    { argument, least }: { readonly argument: number; readonly least: number },
    line: number,
  ): string | undefined {
    const { program } = this.#circuit;
    const matrix = program.lines[program.lines[line]!.arguments[argument]!]!;
    const unit = fractionOf(matrix.type.format) + guardBits;
    const needed = BigInt(Math.ceil(least * 2 ** unit));
    const proved = this.#matrices(line, argument).every((entries) => {
      const bound = isSymmetric(entries) ? eigenvalueBound(entries, this.#known()) : undefined;
      return bound && bound.least << BigInt(guardBits) >= needed * bound.scale;
    });
    return proved
      ? 'the matrix is E + Σ w r rᵀ with w > 0, and E is bounded from below'
      : undefined;
  }

  /** The matrices [..., n, n] of a batch. */
  #matrices(line: number, argument: number): Matrix[] {
    const { program } = this.#circuit;
    const value = program.lines[line]!.arguments[argument]!;
    const n = program.lines[value]!.type.shape.at(-1)!;
    const entries = this.#known().values[value]!;
    const rows = Array.from({ length: entries.length / n }, (_, row): readonly Expression[] =>
      entries.slice(row * n, (row + 1) * n),
    );
    return Array.from({ length: rows.length / n }, (_, s) => rows.slice(s * n, (s + 1) * n));
  }

  #known(): Facts {
    return (this.#facts ??= factsOf(this.#circuit.program, this.#circuit.ranges));
  }
}
