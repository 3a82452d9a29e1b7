// Gradients of the scope's blocks, a run of consecutive blocks of one matrix at a time: as many as may be held.
import {
  blockNumbering,
  blockOfRows,
  type BlockNumbering,
  type ExampleGradients,
  type Scope,
} from '../model/index.ts';
import type { GradientRows } from '../reference/index.ts';

/** Numbers that are held. A matrix that is stored as [in, out] is read whole for each run: these have to be few. */
const most = { 'out-in': 2 ** 22, 'in-out': 2 ** 25 } as const;

export interface GradientRun {
  /** Numbers of its blocks: first … end − 1. */
  readonly first: number;
  readonly end: number;
  readonly rows: GradientRows;
}

/** Holds the run that was read last, so blocks are asked for in ascending order. */
export class GradientRuns {
  readonly #numbering: BlockNumbering;
  #held: GradientRun = { first: 0, end: 0, rows: [] };

  constructor(
    private readonly scope: Scope,
    private readonly gradients: ExampleGradients,
  ) {
    this.#numbering = blockNumbering(scope);
  }

  /** All of them, in order. Throws as `readBlocks`. */
  async *all(): AsyncGenerator<GradientRun> {
    for (let first = 0; first < this.#numbering.count; first = this.#held.end)
      yield this.#load(first);
  }

  /** Gradients of one block: [n, length]. Throws as `readBlocks`. */
  async block(number: number): Promise<GradientRows> {
    if (number < this.#held.first || number >= this.#held.end) await this.#load(number);
    const { first, rows } = this.#held;
    const { at } = this.#numbering;
    return blockOfRows(rows, { block: at(number), first: at(first) });
  }

  async #load(first: number): Promise<GradientRun> {
    const { tensor: name, index } = this.#numbering.at(first);
    const tensor = this.scope.tensors.find((each) => each.name === name)!;
    const matrix = this.#numbering.rangeOf(name);
    const each = this.gradients.examples * this.scope.blockSize;
    const length = Math.max(1, Math.floor(most[tensor.orientation] / each));
    const count = Math.min(length, matrix.first + matrix.count - first);
    // Release the held gradients before as many are read.
    this.#held = { first, end: first, rows: [] };
    const rows = await this.gradients.readBlocks(tensor, { first: index, count });
    return (this.#held = { first, end: first + count, rows });
  }
}
