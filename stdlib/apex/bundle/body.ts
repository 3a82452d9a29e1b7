// The body of a bundle, between its header and its signature: elements that open the registered leaves, the commitments, the proofs.
import type { FileHandle } from 'node:fs/promises';
import { elementLength, Elements } from '../commitments/elements.ts';
import { maxProof } from './header.ts';
import { numberAt, readAt, refuseBundle } from './read-at.ts';

/** As the verifier derives them from plan, registration, receipt and window. */
export interface BodyCounts {
  readonly siblings: number;
  /** Live positions of the proved blocks; 0 where the provider keeps the leaves. */
  readonly leaves: number;
  readonly proved: number;
  readonly tiles: number;
}

export class BundleBody {
  /** Where leaves, commitments and proofs begin. */
  readonly #leaves: number;
  readonly #commitments: number;
  readonly #proofs: number;

  constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly range: { readonly start: number; readonly end: number },
    private readonly counts: BodyCounts,
  ) {
    this.#leaves = range.start + counts.siblings * elementLength;
    this.#commitments = this.#leaves + counts.leaves * elementLength;
    this.#proofs = this.#commitments + counts.proved * elementLength;
    this.#within(this.#proofs + 4 * counts.tiles);
  }

  /** Each of the three throws `bad-bundle` for what is no field element. */
  siblings = (): Promise<Elements> => this.#elements(this.range.start, this.counts.siblings);

  leaves = (): Promise<Elements> => this.#elements(this.#leaves, this.counts.leaves);

  commitments = (): Promise<Elements> => this.#elements(this.#commitments, this.counts.proved);

  /** In the order of the tiles. Throws `bad-bundle` where one is truncated or too large, and when bytes are left over after the last. */
  async *proofs(): AsyncGenerator<Uint8Array> {
    let at = this.#proofs;
    for (let tile = 0; tile < this.counts.tiles; tile++) {
      this.#within(at + 4);
      const length = numberAt(await this.#read(at, 4), 0);
      if (length > maxProof) refuseBundle(this.file, `tile ${tile} has a proof of ${length} bytes`);
      at += 4;
      this.#within(at + length);
      yield await this.#read(at, length);
      at += length;
    }
    if (at !== this.range.end)
      refuseBundle(this.file, `${this.range.end - at} bytes after the last proof`);
  }

  async #elements(at: number, count: number): Promise<Elements> {
    const elements = new Elements(await this.#read(at, count * elementLength));
    if (!elements.areCanonical()) refuseBundle(this.file, 'a commitment is no field element');
    return elements;
  }

  #within(end: number): void {
    if (end > this.range.end)
      refuseBundle(this.file, `truncated: it ends ${end - this.range.end} bytes too early`);
  }

  #read = (at: number, length: number): Promise<Uint8Array> =>
    readAt(this.file, this.handle, at, length);
}
