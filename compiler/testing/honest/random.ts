// Random choices that a seed determines.
import type { Interval } from '../../numbers/interval.ts';
import { bitLength, clamp } from '../../numbers/interval.ts';
import { uniforms } from '../tamper/sample.ts';

export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = uniforms(seed);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** 0 to count − 1. */
  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Up to `count` of the items, in a random order. */
  some<T>(items: readonly T[], count: number): T[] {
    const left = [...items];
    const taken = Math.min(count, left.length);
    for (let i = 0; i < taken; i++) {
      const at = i + this.below(left.length - i);
      [left[i], left[at]] = [left[at]!, left[i]!];
    }
    return left.slice(0, taken);
  }

  /** An integer of the interval, each as likely as the others. */
  integer({ low, high }: Interval): bigint {
    const span = high - low + 1n;
    let number = 0n;
    for (let bits = bitLength(span) + 32; bits > 0; bits -= 32)
      number = (number << 32n) | BigInt(this.below(2 ** 32));
    return low + (number % span);
  }

  /** An integer of the interval whose distance from `centre` has any number of bits. */
  near(centre: bigint, bounds: Interval): bigint {
    const [below, above] = [centre - bounds.low, bounds.high - centre];
    const sign = above <= 0n || (below > 0n && this.chance(0.5)) ? -1n : 1n;
    const bits = this.below(bitLength(sign < 0n ? below : above) + 1);
    const distance = this.integer({ low: 0n, high: (1n << BigInt(bits)) - 1n });
    return clamp(centre + sign * distance, bounds);
  }
}
