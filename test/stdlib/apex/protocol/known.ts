// The world as a test knows it: the model of the provider, and what each client has in its state. Bundles and links by what they say.
import type { Answer } from '../../../../stdlib/apex/client/state.ts';
import type { Paper, Sheet, Tie } from './plain.ts';
import { Plain, type PlanChoice } from './plain.ts';
import { firsts } from './pool.ts';

/** A registration of a client, and its state. */
export interface Seat {
  readonly paper: Paper;
  /** Index of the seat whose state goes when the receipt of this one is kept. */
  readonly former: number | null;
  /** Whether the weights are θ_u of the former state, as an honest client registers them. */
  readonly continues: boolean;
  /** The epoch of the receipt that the client has. */
  receipt: number | null;
  /** Digest of the challenge that the client has. */
  challenge: string | null;
  erased: boolean;
  readonly answers: KnownAnswer[];
}

export type KnownAnswer = Pick<Answer, 'window' | 'epoch'> & {
  readonly kept: string | null;
  readonly root: string;
};

export class Known {
  plain: Plain;
  readonly seats: Seat[] = [];
  readonly sheets: Sheet[] = [];
  readonly ties: Tie[] = [];
  /** Files that a killed provider left. */
  litter: ReadonlySet<string> = new Set();
  /** Codes and results that were met, with what was done: to see what a run has tried. */
  readonly met = new Set<string>();
  steps = 0;

  constructor(plan: PlanChoice) {
    this.plain = new Plain(plan);
  }

  /** An index of a list that may be shorter, counted from its end: the newest is 0. */
  static at = <T>(list: readonly T[], index: number): number =>
    list.length - 1 - (index % list.length);

  /** One of the seats that can answer, where there are any and nobody else is wanted. */
  pick(index: number, anyone: boolean): number {
    const all = this.seats.map((_, i) => i);
    const able = all.filter((i) => {
      const { receipt, erased, paper } = this.seats[i]!;
      const entry = this.plain.entries.get(paper.digest);
      return receipt !== null && !erased && entry?.standing === 'current';
    });
    const list = anyone || able.length === 0 ? all : able;
    return list[Known.at(list, index)]!;
  }

  /** Live positions by block for who registered in epoch `from`, in the window of epoch `to`. */
  live(from: number, to: number): Map<number, number[]> {
    const blocks = new Map<number, number[]>();
    for (const [position, epoch] of [...this.plain.masked].sort(([a], [b]) => a - b)) {
      if (epoch < from || epoch > to) continue;
      const block = firsts.findLastIndex((first) => first <= position);
      blocks.set(block, [...(blocks.get(block) ?? []), position]);
    }
    return blocks;
  }

  /** Blocks that have to be proved in that window, if those stay that were the same in the window of epoch `kept`. */
  changed(from: number, to: number, kept: number | null): number {
    const before = kept === null ? undefined : this.live(from, kept);
    return [...this.live(from, to)].filter(
      ([block, live]) => before?.get(block)?.join() !== live.join(),
    ).length;
  }
}
