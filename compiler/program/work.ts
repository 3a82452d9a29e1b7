// How much a program asks for, estimated line by line from types alone, before ranges, errors or gates are derived: a hundred
// bytes of text can ask for more gates than any memory holds.
import { fail } from '../diagnostics/diagnostic.ts';
import type { Line } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { Form } from '../ops/op.ts';
import { defaultWork, elementsOf } from '../ops/shared/work.ts';
import { callOf } from './calls.ts';

/**
 * The budget where nothing else is said: more than ten times the estimate of a tile that fills the 2^16 rows of a proof. A gate of the
 * estimate takes up to 600 bytes of memory.
 */
export const defaultMostGates = 2 ** 23;

/** A limit of the gates that a program may ask for. */
export interface WorkLimit {
  /** As estimated; 2^23 by default. */
  readonly mostGates?: number;
}

export class WorkMeter {
  /** By line. */
  readonly #forms: Form[] = [];
  #gates = 0;

  constructor(private readonly most = defaultMostGates) {}

  /** Estimated for all lines so far. */
  get gates(): number {
    return this.#gates;
  }

  /** Adds the last of `lines`. Throws `too-much-work`. */
  add(lines: readonly Line[]): void {
    const line = lines.at(-1)!;
    const { work = {} } = findOp(line.op);
    const { gates, form } = { ...defaultWork, ...work };
    const call = callOf({ lines }, line);
    const given = line.arguments.map((argument) => this.#forms[argument]!);
    const own = gates(call, given);
    this.#gates += own;
    // A form has no more terms than there are variables, which are no more than gates.
    const { terms, constants } = form(call, given);
    this.#forms.push({ terms: Math.min(terms, this.#gates + elementsOf(line.type)), constants });
    if (this.#gates > this.most)
      fail(
        'too-much-work',
        `${line.op} brings the circuit to about ${written(this.#gates)} gates (${written(own)} of this line), and at most ${written(this.most)} are built`,
        'use smaller tensors or several circuits, since a proof has 65536 rows; or raise the limit with --most-gates (mostGates of compileCircuit): a million gates take up to 600 MB of memory',
      );
  }
}

const written = (gates: number): string =>
  gates < 1e6 ? `${Math.round(gates)}` : gates.toExponential(1).replace('e+', 'e');
