// The body of a signed file, between its header and its signature: sections of field elements, then the proofs.
import { elementLength, Elements } from '../commitments/elements.ts';
import { maxProof } from './signed-kind.ts';
import { numberAt, type Source } from './source.ts';

export class SignedBody {
  /** Where each section begins, and the proofs. */
  readonly #starts: readonly number[];

  /**
   * Throws `bad-…` where the file is too short.
   * @param sections how many elements each has, as the verifier derives it
   */
  constructor(
    private readonly source: Source,
    private readonly range: { readonly start: number; readonly end: number },
    sections: readonly number[],
    private readonly tiles: number,
  ) {
    let at = range.start;
    this.#starts = [at, ...sections.map((count) => (at += count * elementLength))];
    this.#within(at + 4 * tiles);
  }

  /** Throws `bad-…` for what is no field element. */
  async section(index: number): Promise<Elements> {
    const [at, end] = [this.#starts[index]!, this.#starts[index + 1]!];
    const elements = new Elements(await this.source.read(at, end - at));
    if (!elements.areCanonical()) this.source.refuse('a commitment is no field element');
    return elements;
  }

  /** In the order of the tiles. Throws `bad-…` where one is truncated or too large, and when bytes are left over after the last. */
  async *proofs(): AsyncGenerator<Uint8Array> {
    let at = this.#starts.at(-1)!;
    for (let tile = 0; tile < this.tiles; tile++) {
      this.#within(at + 4);
      const length = numberAt(await this.source.read(at, 4), 0);
      if (length > maxProof) this.source.refuse(`tile ${tile} has a proof of ${length} bytes`);
      at += 4;
      this.#within(at + length);
      yield await this.source.read(at, length);
      at += length;
    }
    if (at !== this.range.end)
      this.source.refuse(`${this.range.end - at} bytes after the last proof`);
  }

  #within(end: number): void {
    if (end > this.range.end)
      this.source.refuse(`truncated: it ends ${end - this.range.end} bytes too early`);
  }
}
