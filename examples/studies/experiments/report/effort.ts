// What a run cost, from the records of its units: the same whether it was killed and continued, and by how many processes.
import type { Store } from '../runner/store.ts';
import { inOrder, type Unit } from '../runner/unit.ts';

export interface Effort {
  readonly units: number;
  /** By the wall clock, summed over the units: what one process takes, with whatever else the machine did. */
  readonly seconds: number;
  /** Of processor time: what it takes on a machine that does nothing else. */
  readonly busy: number;
}

/** Throws when a unit is not finished. */
export async function effortOf(goals: readonly Unit<unknown>[], store: Store): Promise<Effort> {
  let [units, seconds, busy] = [0, 0, 0];
  for (const each of inOrder(goals)) {
    const finished = await store.finished(each);
    if (!finished) throw new Error(`"${each.title}" is not finished`);
    units++;
    seconds += finished.seconds;
    busy += finished.busy;
  }
  return { units, seconds, busy };
}

/** "412 units: 58.2 minutes of processor time, 95.0 by the wall clock" */
export const effortText = ({ units, seconds, busy }: Effort): string =>
  `${units} units: ${minutes(busy)} minutes of processor time, ${minutes(seconds)} by the wall clock, summed over all processes`;

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
