// Derives the premises of a declared relation, and certifies its value by the constraints alone, with the declaration left
// aside.
import type { Expression } from '../../constraints/expression.ts';
import { formatInterval, fractionOf } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { analyzeErrors, type ErrorBounds } from '../../meanings/error.ts';
import { realUp } from '../../numbers/upward.ts';
import type { Premise } from '../../ops/op.ts';
import { eigenvalueBound, isSymmetric, type Matrix } from './definite.ts';
import { factsOf, type Facts } from './facts.ts';
import { nearHint } from './hints/near-hint.ts';
import { expandForms, spreadOf, type ExpandedForm } from './spread.ts';

/** The certificate of the elements of a declared line. */
export type Certificate =
  /** Each has one value for given inputs. */
  | { readonly kind: 'exact' }
  /** Two accepted values of an element differ by at most `spread`, in real units, for given inputs. */
  | { readonly kind: 'interval'; readonly spread: number }
  | { readonly kind: 'nothing' };

/** The reason why something holds; or the missing part of a proof, where it is known. */
export type Derived = { readonly because: string } | { readonly why?: string };

/** Bits after the matrix's last place with which a declared eigenvalue is compared. */
const guardBits = 20;

export class Deriver {
  readonly #circuit: LoweredProgram;
  readonly #forced: ReadonlySet<number>;
  #facts: Facts | undefined;
  #forms: readonly ExpandedForm[] | undefined;
  #errors: ErrorBounds | undefined;

  /** `forced`: the lines whose values the constraints force when nothing that is declared counts. */
  constructor(circuit: LoweredProgram, forced: ReadonlySet<number>) {
    this.#circuit = circuit;
    this.#forced = forced;
  }

  certify(line: number): Certificate {
    if (this.#forced.has(line)) return { kind: 'exact' };
    const facts = this.#known();
    const forms = this.#expanded();
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
    // Past the format's own span it says nothing.
    const { low, high } = formatInterval(format);
    if (widest >= high - low) return { kind: 'nothing' };
    return { kind: 'interval', spread: realUp(widest, fractionOf(format)) };
  }

  /** Whether the bound of each element's error is less than what the element can vary by. */
  isBounded(line: number): boolean {
    const { program, ranges } = this.#circuit;
    const fraction = fractionOf(program.lines[line]!.type.format);
    return this.#bounds()[line]!.every((error, element) => {
      const { low, high } = ranges[line]![element]!;
      return error < realUp(high - low, fraction);
    });
  }

  /** The reason why the premise of a line holds, or the missing part of a proof. */
  derive(premise: Premise, line: number): Derived {
    switch (premise.kind) {
      case 'near-hint':
        return this.#nearHint(premise, line);
      case 'derivative-bounds':
        // The code of a function is a black box.
        return {};
      case 'symmetric':
        return this.#matrices(line, premise.argument).every(isSymmetric)
          ? { because: 'its entries (i, j) and (j, i) are the same value' }
          : {};
      case 'eigenvalues':
        return this.#eigenvalues(premise, line);
    }
  }

  #nearHint({ hint, within }: Extract<Premise, { kind: 'near-hint' }>, line: number): Derived {
    const circuit = this.#circuit;
    const facts = this.#known();
    const found = nearHint(hint, line, {
      circuit,
      facts,
      forms: this.#expanded(),
      errors: this.#bounds(),
    });
    if ('why' in found) return found;
    const distance = `${found.distance.toExponential(1)} from what the code of the hint computes`;
    return found.distance <= within
      ? {
          because: `the assertions keep it at most ${distance}, if \`Math\` and \`map\` in it are JavaScript's own`,
        }
      : { why: `the circuit only shows that it is at most ${distance}` };
  }

  #eigenvalues(
    { argument, least }: { readonly argument: number; readonly least: number },
    line: number,
  ): Derived {
    const { program } = this.#circuit;
    const matrix = program.lines[program.lines[line]!.arguments[argument]!]!;
    const unit = fractionOf(matrix.type.format) + guardBits;
    const needed = BigInt(Math.ceil(least * 2 ** unit));
    const proved = this.#matrices(line, argument).every((entries) => {
      const bound = isSymmetric(entries) ? eigenvalueBound(entries, this.#known()) : undefined;
      return bound && bound.least << BigInt(guardBits) >= needed * bound.scale;
    });
    return proved
      ? { because: 'the matrix is E + Σ w r rᵀ with w > 0, and E is bounded from below' }
      : {};
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

  #expanded(): readonly ExpandedForm[] {
    return (this.#forms ??= expandForms(this.#known()));
  }

  #bounds(): ErrorBounds {
    return (this.#errors ??= analyzeErrors(this.#circuit.program, this.#circuit.ranges));
  }

  #known(): Facts {
    return (this.#facts ??= factsOf(this.#circuit.program, this.#circuit.ranges));
  }
}
