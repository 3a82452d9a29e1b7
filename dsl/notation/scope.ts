// Which indices there are where, and the one length of each.
import { renderType, type TensorType } from '../../compiler/ir/program.ts';
import type { Findings } from './findings.ts';
import type { Index, Span } from './syntax.ts';

/** What names an index: the left-hand side, a sum, or an assertion, which is about every element. */
export type Binding = 'result' | 'sum' | 'assertion';

interface Binder {
  readonly index: Index;
  /** Where an operand first has it. */
  seen?: Span;
  length?: number;
}

export class Scope {
  #binders: Binder[] = [];
  /** An operand could not be read: which indices it would have had is not known. */
  doubtful = false;

  /** `open`: an index that nothing names is about every element. */
  constructor(
    private readonly findings: Findings,
    private readonly open: boolean,
  ) {}

  /** Names indices while `action` runs; those that no operand had meanwhile are findings. */
  within<T>(indices: readonly Index[], what: Binding, action: () => T): T {
    const own: Binder[] = [];
    for (const index of indices) {
      const known = this.#find(index.name);
      if (known) this.#twice(index, known);
      else {
        own.push({ index });
        this.#binders.push(own.at(-1)!);
      }
    }
    const result = action();
    for (const { index, seen } of own) if (!seen && !this.doubtful) this.#unused(index, what);
    this.#binders = this.#binders.filter((binder) => !own.includes(binder));
    return result;
  }

  /** An axis of an operand; its length is unknown where the operand could not be read. */
  meet(index: Index, axis?: { readonly number: number; readonly of: TensorType }): void {
    const binder = this.#find(index.name) ?? this.#unbound(index);
    const length = axis?.of.shape[axis.number];
    if (length !== undefined && binder.length !== undefined && length !== binder.length)
      this.findings.add(
        'shape-mismatch',
        `index ${index.name} is ${binder.length} in one place and ${length} in another: axis ${axis!.number} of ${renderType(axis!.of)}`,
        'an index has one length; leave it out of an operand that is to be broadcast along it',
        binder.seen!,
        index.span,
      );
    if (length !== undefined && binder.length === undefined) {
      binder.length = length;
      binder.seen = index.span;
    }
    binder.seen ??= index.span;
  }

  #find(name: string): Binder | undefined {
    return this.#binders.find(({ index }) => index.name === name);
  }

  #unbound(index: Index): Binder {
    const binder: Binder = { index };
    this.#binders.push(binder);
    if (!this.open)
      this.findings.add(
        'unbound-index',
        `index ${index.name} is not bound: neither the result nor a sum around it names it`,
        `put it on the left-hand side, or sum over it: sum[${index.name}] …`,
        index.span,
      );
    return binder;
  }

  #twice(index: Index, known: Binder): void {
    this.findings.add(
      'duplicate-index',
      `index ${index.name} is named a second time`,
      'give the inner one another name',
      known.index.span,
      index.span,
    );
  }

  #unused({ name, span }: Index, what: Binding): void {
    const [message, hint] =
      what === 'sum'
        ? [
            `the sum runs over ${name}, which nothing in it has`,
            'a sum takes the product that follows it; put a sum of sums in parentheses',
          ]
        : [
            `no operand has the index ${name} of the result`,
            'how long it is must be known from an operand',
          ];
    this.findings.add('unused-index', message, hint, span);
  }
}
