// From units of work to results: medians, the ratio, and what a weight costs.
import { expect, test } from 'vitest';
import { stages } from '../../../../compiler/profile/measurement.ts';
import type { Measurement, Seconds, Stage } from '../../../../compiler/profile/measurement.ts';
import { proofCases } from '../../../../examples/studies/costs/cases.ts';
import { randomMask } from '../../../../examples/studies/costs/masks.ts';
import { renderMarkdown, renderPage } from '../../../../examples/studies/costs/report/page.ts';
import { collect } from '../../../../examples/studies/costs/results.ts';
import { goalsOf, studyOf } from '../../../../examples/studies/costs/study.ts';
import type { Store } from '../../../../examples/studies/experiments/runner/store.ts';
import type { Unit } from '../../../../examples/studies/experiments/runner/unit.ts';

const cores: Partial<Record<Stage, number>> = { batch: 6.8 };

const measurement = (prove: number): Measurement => ({
  backend: 'native',
  rows: { Public: 1, Generic: 9000, RangeCheck0: 900, Poseidon: 0, Zero: 0 },
  domain: 2 ** 14,
  seconds: Object.fromEntries(
    stages.map((stage) => [
      stage,
      { wall: 1, core: cores[stage] ?? (stage === 'prove' ? prove : 0.5) },
    ]),
  ) as Record<Stage, Seconds>,
  memory: { load: 2e8, compile: 3e8, prove: 4e8 },
  proofBytes: 7520,
});

const tiles = 15;
const byPurpose = { opening: 2, range: 4, arithmetic: 12, hashing: 11, linking: 1 };

/** Runs take 11, 12 and 19 core seconds; the reference takes 8. */
const store = {
  read: ({ kind, title }: Unit<unknown>) =>
    Promise.resolve(
      kind.startsWith('openings')
        ? { root: 4, leaves: 2 }
        : kind.startsWith('rows')
          ? { rows: 30, byPurpose, parts: [], tiles: 3, circuits: 2, empty: 0.04 }
          : kind.startsWith('reference')
            ? measurement(8)
            : {
                blocks: 10,
                tiles,
                measurement: measurement([11, 12, 19][Number(title.at(-1)) - 1]!),
              },
    ),
} as unknown as Store;

const mask = randomMask(0.04, [{ name: 'w', shape: [64, 64], orientation: 'out-in' }]);
const proofs = proofCases.filter(({ name }) => name === '8-14');
const study = studyOf({ identity: 'test', masks: [mask], proofs, runs: 3, curve: false });

test('a tile is the median of its runs, and counted in tiles of the mask', async () => {
  expect(goalsOf(study).length).toBe(study.rows.length + 1 + 3 + 3 + 3);
  const machine = { processor: 'P', cores: 2, memory: 8e9, node: 'v20' };
  const results = await collect(study, store, { machine, sources: 'ab'.repeat(32) });
  const [proof] = results.proofs;
  expect(proof!.measurement.seconds.prove.core).toBe(12);
  expect(proof!.ratio).toBe(1.5);
  expect(proof!.coreMillisecondsPerWeight).toBeCloseTo((1000 * 12.5 * tiles) / 4096, 9);
  expect(proof!.bytesPerWeight.leaves).toBeGreaterThan((7520 * tiles) / 4096);
  expect(proof!.bytesPerWeight.root).toBeGreaterThan(proof!.bytesPerWeight.leaves);
  // 6.8 core seconds for 64 proofs where one takes 0.5, and 4 for the hashing.
  expect(proof!.verifyMillisecondsPerWeight.root).toBeCloseTo((1000 * (tiles * 0.1 + 4)) / 4096, 9);
  const text = renderMarkdown(results);
  expect(text).toMatch(/\| 8-14 +\| 9901 \| 2\^14 \|/);
  expect(text).toMatch(/\| ViT-B\/16, fc1 \| 8-14 +\| 28\.3 M \| about \d+ \|/);
  expect(renderPage(results)).toContain('Estimates for whole models');
});
