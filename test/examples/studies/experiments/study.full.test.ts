// The whole way of `npm run experiments`, tiny: generated glyphs, one scenario, and the report.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../../examples/studies/experiments/report/markdown.ts';
import { renderPage } from '../../../../examples/studies/experiments/report/page.ts';
import {
  collect,
  type Results,
  type ResultSweep,
} from '../../../../examples/studies/experiments/report/results.ts';
import { Store } from '../../../../examples/studies/experiments/runner/store.ts';
import { inOrder } from '../../../../examples/studies/experiments/runner/unit.ts';
import { work } from '../../../../examples/studies/experiments/runner/work.ts';
import { full, quick, type Settings } from '../../../../examples/studies/experiments/settings.ts';
import {
  examplesSweep,
  sizeSweep,
} from '../../../../examples/studies/experiments/study/forget-sweeps.ts';
import type { Score } from '../../../../examples/studies/experiments/study/score.ts';
import {
  goalsOf,
  studyOf,
  type Study,
} from '../../../../examples/studies/experiments/study/study.ts';
import { randomExamples } from '../../../../examples/studies/experiments/vision/scenarios.ts';
import type { Point } from '../../../../examples/studies/experiments/study/sweep.ts';
import {
  bestOf,
  meanScore,
  recovered,
} from '../../../../examples/studies/experiments/study/summary.ts';
import { inTier } from '../../../tier.ts';

const tiny: Settings = {
  ...quick,
  scenarios: ['one-class'],
  vision: {
    ...quick.vision,
    architecture: { width: 8, heads: 2, layers: 1, expansion: 2, patchSide: 16 },
    digits: 500,
    split: { globalTest: 100, personalTraining: 60, personalTest: 60 },
    epochs: { global: 3, memorising: 1, personal: 2 },
    exactSeeds: inTier({ quick: [1], normal: [1], full: [1, 2] }),
    examples: 40,
  },
};

/** To count the rows of a tile takes longer than to train: in normal one point of a sweep has them. */
const costedPoints = inTier({ quick: 1, normal: 1, full: 3 });
const costed = ({ cost, ...point }: Point, i: number): Point =>
  cost && i < costedPoints ? { ...point, cost } : point;

let folder: string;
let study: Study;
let results: Results;
const lines: string[] = [];

beforeAll(async () => {
  process.env['LETHE_DATA'] = '/nowhere';
  folder = await mkdtemp(join(tmpdir(), 'lethe-study-'));
  const [ablation] = studyOf(tiny).ablations;
  const some = ['mask', 'tolerance'];
  const sweeps = ablation!.sweeps
    .filter(({ name }) => some.includes(name))
    .map((each) => ({ ...each, points: each.points.map(costed) }));
  const sized = (examples: number) => randomExamples({ ...tiny.vision, examples, exactSeeds: [] });
  const sizes = sizeSweep(sized, [10, 60], ablation!.budget);
  // So many weights that the masks of few and of many examples differ.
  const examples = examplesSweep(ablation!.table.scenario, 0.3, false);
  study = { ...studyOf(tiny), ablations: [{ ...ablation!, sweeps: [...sweeps, examples, sizes] }] };
  const store = new Store(folder);
  await work({ store, goals: goalsOf(study), report: (line) => lines.push(line) });
  results = await collect(study, store);
});
const sweep = (name: string): ResultSweep =>
  results.ablations[0]!.sweeps.find((each) => each.name === name)!;
afterAll(() => rm(folder, { recursive: true }));

test('each unit is computed once, with the time left', () => {
  const begun = lines.filter((line) => /^\d+ of \d+, .* left: /.test(line));
  expect(begun.length).toBe(inOrder(goalsOf(study)).length);
  expect(lines.some((line) => /training: 100 %, loss /.test(line))).toBe(true);
});

test('the table has the rows of the paper, and the fixed point next to float', () => {
  const [table] = results.tables;
  expect(table!.rows.map(({ title }) => title)).toEqual([
    'before',
    'gradient ascent, 1 epoch',
    'SCRUB, 1 epoch',
    'selective synaptic dampening',
    'mask only',
    'ZK-APEX, float',
    'ZK-APEX, fixed point',
    'exact',
  ]);
  const score = (title: string): Score => table!.rows.find((row) => row.title === title)!.score;
  const [float, fixed] = [score('ZK-APEX, float'), score('ZK-APEX, fixed point')];
  expect(Math.abs(float.personal.loss - fixed.personal.loss)).toBeLessThan(0.01);
  expect(fixed.details).toMatchObject({ clipped: 0 });
  expect(float.alignment!.forget).toBeGreaterThan(0);
  for (const { attack } of table!.rows.map((row) => row.score)) {
    expect(attack.low).toBeLessThanOrEqual(attack.area);
    expect(attack.area).toBeLessThanOrEqual(attack.high);
  }
});

test('fixed sweeps have rows', () => {
  const tolerance = sweep('tolerance');
  expect(tolerance.points.length).toBe(3);
  expect(tolerance.points.slice(0, costedPoints).every(({ rows }) => rows! > 50)).toBe(true);
});

test('a mask is chosen by as many examples of D_f as are asked for, and there are', () => {
  const { points } = sweep('forget-examples');
  const [few, many, all] = points.map(({ label: _, x: __, ...point }) => point);
  // There are fewer than 100 images of a class here.
  expect(many).toEqual(all);
  expect(few!.personalLoss).not.toBe(many!.personalLoss);
});

test('forget sets of other sizes are forgotten by the same models', () => {
  const { points } = sweep('forget-size');
  expect(points.map(({ x }) => x)).toEqual([10, 60]);
  for (const { x, forgetBefore, forget } of points)
    for (const right of [forgetBefore! * x!, forget * x!])
      expect(right).toBeCloseTo(Math.round(right), 6);
  const { ablations } = studyOf({ ...full, scenarios: ['random-examples'] });
  expect(ablations[0]!.sweeps.map(({ name }) => name)).toEqual(['forget-size', 'recovery']);
});

test('the report says what all of it cost', () => {
  const { units, seconds, busy } = results.effort;
  expect(units).toBe(inOrder(goalsOf(study)).length);
  expect(Math.min(seconds, busy)).toBeGreaterThan(0);
  expect(renderMarkdown(results)).toContain(`${units} units: `);
  expect(renderPage(results)).toContain(`${units} units: `);
});

test('page and Markdown say the same', () => {
  const [page, markdown] = [renderPage(results), renderMarkdown(results)];
  for (const word of ['one class', 'SCRUB', 'ZK-APEX, fixed point', 'Tolerance']) {
    expect(page).toContain(word);
    expect(markdown).toContain(word);
  }
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/https?:|NaN|undefined/);
  expect(markdown).not.toMatch(/NaN|undefined/);
});

test('a scenario that there is not is refused with those that there are', () => {
  expect(() => studyOf({ ...quick, scenarios: ['two-classes'] })).toThrow(/one-class, .*text/);
});

test('quick is a part of full: its scenarios and budgets are', () => {
  expect(full.scenarios).toEqual(expect.arrayContaining([...quick.scenarios]));
  expect(full.budgets).toEqual(expect.arrayContaining([...quick.budgets]));
});

describe('one score out of several', () => {
  const scored = (forget: number, personal: number): Score => {
    const quality = (accuracy: number) => ({ accuracy, loss: 1 });
    return {
      forget: quality(forget),
      personal: quality(personal),
      retain: quality(0.5),
      attack: { area: 0.5, low: 0.4, high: 0.6, members: 10 },
      seconds: 1,
      details: {},
    };
  };

  test('of those that forgot as the exact model did, the best for the client', () => {
    const scores = [scored(0.9, 0.9), scored(0.11, 0.6), scored(0.0, 0.8), scored(0.09, 0.7)];
    expect(bestOf(scores, scored(0.1, 0.8))).toBe(3);
  });

  test('when none did, the nearest', () => {
    const scores = [scored(0.9, 0.9), scored(0.4, 0.1), scored(0, 0.5)];
    expect(bestOf(scores, scored(0.1, 0.8))).toBe(2);
  });

  test('a mean of seeds', () => {
    const { forget, personal } = meanScore([scored(0.2, 0.4), scored(0.4, 0.8)]);
    expect(forget.accuracy).toBeCloseTo(0.3);
    expect(personal.accuracy).toBeCloseTo(0.6);
  });

  test('what was recovered, unless nothing was lost', () => {
    const [before, masked] = [scored(1, 0.81), scored(0, 0.743)];
    expect(recovered(before, masked, scored(0, 0.809))).toBeCloseTo(0.985, 3);
    expect(recovered(before, before, before)).toBeUndefined();
  });
});
