// A process of the runner's test: two units, of which the second does not end by itself when asked not to.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { json } from '../../../../examples/studies/experiments/runner/codec.ts';
import { Store } from '../../../../examples/studies/experiments/runner/store.ts';
import { unit, type Unit } from '../../../../examples/studies/experiments/runner/unit.ts';
import { work } from '../../../../examples/studies/experiments/runner/work.ts';

/** `onRun` hears of each unit that is computed. */
export function slowUnits(onRun: (title: string) => void, endless: boolean): Unit<number> {
  const first = unit({
    title: 'first',
    kind: 'test',
    version: 1,
    settings: {},
    codec: json<number>(),
    run: () => (onRun('first'), Promise.resolve(20)),
  });
  return unit({
    title: 'second',
    kind: 'test',
    version: 1,
    settings: { after: 'first' },
    needs: [first],
    codec: json<number>(),
    run: async (results) => {
      onRun('second');
      if (endless) await sleep(600_000);
      return (await results(first)) + 1;
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await work({
    store: new Store(process.argv[2]!),
    goals: [slowUnits((title) => process.send!(title), true)],
  });
