// Fits the cost model on measurements, and writes it where the prover reads it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { atomicWrite } from '../../../../compiler/files/atomic-write.ts';
import {
  fitted,
  predict,
  type Coefficients,
  type Cost,
} from '../../../../compiler/prover/cost/features.ts';
import {
  observationsOf,
  type CostMeasurements,
} from '../../../../compiler/prover/cost/measurement.ts';
import type { Grid } from '../../page/grid.ts';
import { fitNonNegative } from './least-squares.ts';

export type Fit = Readonly<Record<Cost, Coefficients>>;

const place = (file: string): string =>
  fileURLToPath(new URL(`../../../../compiler/prover/cost/${file}`, import.meta.url));

const costs = Object.keys(fitted) as Cost[];

export const fitAll = (measurements: CostMeasurements): Fit =>
  Object.fromEntries(
    costs.map((cost) => {
      const exact = fitNonNegative(fitted[cost], observationsOf(measurements, cost));
      return [cost, rounded(exact)];
    }),
  ) as Fit;

/** Three digits say all that a fit within a few percent says. */
const rounded = (coefficients: Coefficients): Coefficients =>
  Object.fromEntries(
    Object.entries(coefficients).map(([feature, value]) => [feature, Number(value.toPrecision(3))]),
  );

/** How far the fit is from what was measured, by cost: the mean and the largest relative error. */
export const errorGrid = (fit: Fit, measurements: CostMeasurements): Grid => [
  ['cost', 'measurements', 'mean error', 'largest error'],
  ...costs.map((cost) => {
    const errors = observationsOf(measurements, cost).map(({ features, value }) =>
      Math.abs(predict(fit[cost], features) / value - 1),
    );
    const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length;
    const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
    return [cost, `${errors.length}`, percent(mean), percent(Math.max(...errors))];
  }),
];

export const readMeasurements = async (): Promise<CostMeasurements> =>
  JSON.parse(await readFile(place('measurements.json'), 'utf8')) as CostMeasurements;

export const writeMeasurements = (measurements: CostMeasurements): Promise<void> =>
  atomicWrite(place('measurements.json'), `${JSON.stringify(measurements, null, 2)}\n`);

export const writeCoefficients = (fit: Fit, measurements: CostMeasurements): Promise<void> =>
  atomicWrite(place('coefficients.ts'), coefficientsFile(fit, measurements));

function coefficientsFile(fit: Fit, { machine }: CostMeasurements): string {
  const entries = costs.map((cost) => {
    const lines = Object.entries(fit[cost]).map(([feature, value]) => `    ${feature}: ${value},`);
    return `  ${cost}: {\n${lines.join('\n')}\n  },`;
  });
  return `// Written by \`npm run bench -- --fit\` from measurements.json: ${machine}.
import type { Coefficients, Cost } from './features.ts';

export const coefficients: Readonly<Record<Cost, Coefficients>> = {
${entries.join('\n')}
};
`;
}
