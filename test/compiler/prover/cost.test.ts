// The committed coefficients against the measurements that are committed beside them.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { coefficients } from '../../../compiler/prover/cost/coefficients.ts';
import { featuresOf, fitted, predict, type Cost } from '../../../compiler/prover/cost/features.ts';
import {
  observationsOf,
  type CostMeasurements,
} from '../../../compiler/prover/cost/measurement.ts';
import { estimate } from '../../../compiler/prover/estimate.ts';
import { errorGrid, fitAll } from '../../../examples/studies/costs/fit/fit.ts';
import { fitNonNegative } from '../../../examples/studies/costs/fit/least-squares.ts';

const file = new URL('../../../compiler/prover/cost/measurements.json', import.meta.url);
const measurements = JSON.parse(await readFile(file, 'utf8')) as CostMeasurements;
const costs = Object.keys(fitted) as Cost[];

test.each(costs)('%s: every measurement within 20 %%', (cost) => {
  const observations = observationsOf(measurements, cost);
  expect(observations.length).toBeGreaterThan(2);
  for (const { features, value } of observations) {
    const ratio = predict(coefficients[cost], features) / value;
    expect(ratio, `${cost} of ${JSON.stringify(features)}`).toBeGreaterThan(0.8);
    expect(ratio, `${cost} of ${JSON.stringify(features)}`).toBeLessThan(1.2);
  }
});

test('they are what the fit gives', () => {
  expect(coefficients).toEqual(fitAll(measurements));
});

test('measurements cover domains with and without a lookup table', () => {
  const seen = measurements.circuits.map(({ rows }) => featuresOf(rows));
  const domains = (lookups: boolean): Set<number> =>
    new Set(seen.filter((each) => each.lookups > 0 === lookups).map(({ domain }) => domain));
  expect([...domains(false)].sort((a, b) => a - b)).toEqual([1024, 2048, 4096, 8192]);
  expect(Math.min(...domains(true))).toBe(8192);
  expect(Math.max(...domains(true))).toBeGreaterThanOrEqual(2 ** 15);
});

test('an estimate of one tile is the sum of what it consists of', () => {
  const { rows } = measurements.circuits.at(-1)!;
  const features = featuresOf(rows);
  const machine = { cores: 2, memory: 8e9 };
  const of = (basis: boolean) => estimate({ rows, tiles: 1, jobs: 1, basis }, machine);
  const sum = (...names: Cost[]): number =>
    names.reduce((all, name) => all + predict(coefficients[name], features), 0);
  expect(of(true).coreSeconds).toBeCloseTo(sum('load', 'compile', 'prove'), 9);
  expect(of(false).coreSeconds).toBeCloseTo(sum('load', 'compile', 'prove', 'basis'), 9);
  expect(of(true).peakMemory).toBeCloseTo(sum('memory'), 0);
});

test('the fit finds what made the numbers, and no negative coefficient', () => {
  const features = measurements.circuits.map(({ rows }) => featuresOf(rows));
  const made = { one: 2, domain: 1e-3, range: 5e-4 };
  const exact = features.map((each) => ({ features: each, value: predict(made, each) }));
  const found = fitNonNegative(['one', 'domain', 'range'], exact);
  expect(found.one).toBeCloseTo(2, 6);
  expect(found.range! / made.range).toBeCloseTo(1, 6);
  const falling = features.map((each) => ({ features: each, value: 100 - 1e-5 * each.domain }));
  expect(Object.keys(fitNonNegative(['one', 'domain'], falling))).toEqual(['one']);
});

test('errors are told by cost', () => {
  const grid = errorGrid(fitAll(measurements), measurements);
  expect(grid.slice(1).map(([cost]) => cost)).toEqual(costs);
});
