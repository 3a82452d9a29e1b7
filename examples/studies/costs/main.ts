// npm run bench -- [--prove NAMES | all | none] [--runs N] [--no-curve] [--mask FILE --plan FILE] [--fresh]: computes what is
// missing, and writes the report. Killed, it continues.
//   --real WEIGHTS [--block-size N] [--keep root|leaves] [--tile LOG] [--jobs N] [--memory SIZE]  the whole protocol on a
//                      layer of so many weights instead, with these options of `lethe apex plan` and `unlearn`
//   --refusals WEIGHTS  what it costs a provider to refuse a bundle, for each reason, on a layer of so many weights instead
//   --fit [--measure]  fits the cost model instead, on new measurements or the old
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atomicWrite } from '../../../compiler/files/atomic-write.ts';
import { Store } from '../experiments/runner/store.ts';
import { work } from '../experiments/runner/work.ts';
import { alignedGrid, markdownGrid } from '../page/grid.ts';
import { proofCases } from './cases.ts';
import {
  errorGrid,
  fitAll,
  readMeasurements,
  writeCoefficients,
  writeMeasurements,
} from './fit/fit.ts';
import { measureSamples } from './fit/measure-samples.ts';
import { sourceDigest, thisMachine } from './machine.ts';
import { digitsMask, maskFromFiles, randomMask } from './masks.ts';
import { realRun } from './real/real.ts';
import { costGrid, stepsGrid } from './real/table.ts';
import { measureRefusals } from './refusals/refusals.ts';
import { refusalsGrid } from './refusals/table.ts';
import { withResults } from './report/document.ts';
import { renderMarkdown, renderPage } from './report/page.ts';
import { collect } from './results.ts';
import { goalsOf, studyOf } from './study.ts';

const cache = fileURLToPath(new URL('../../../.cache/bench', import.meta.url));

const { values } = parseArgs({
  options: {
    /** Names with commas, `all` or `none`. */
    prove: { type: 'string', default: 'all' },
    runs: { type: 'string', default: '3' },
    'no-curve': { type: 'boolean', default: false },
    /** In place of the digits' mask; with the plan that it was made for. */
    mask: { type: 'string' },
    plan: { type: 'string' },
    /** Writes the tables into docs/performance.md, too. */
    docs: { type: 'boolean', default: false },
    /** Forgets what was computed before. */
    fresh: { type: 'boolean', default: false },
    real: { type: 'string' },
    refusals: { type: 'string' },
    'block-size': { type: 'string' },
    keep: { type: 'string' },
    tile: { type: 'string' },
    jobs: { type: 'string' },
    memory: { type: 'string' },
    fit: { type: 'boolean', default: false },
    measure: { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new RangeError(`--runs is ${values.runs}, and not a number of runs`);
const names = proofCases.map(({ name }) => name);
const wanted =
  values.prove === 'all' ? names : values.prove === 'none' ? [] : values.prove.split(',');
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined)
  throw new RangeError(`--prove ${unknown} is none of ${names.join(', ')}, all, none`);
if ((values.mask === undefined) !== (values.plan === undefined))
  throw new RangeError('--mask and --plan belong together');

const start = performance.now();
const report = (line: string): void => {
  const elapsed = `${((performance.now() - start) / 1000).toFixed(0)}`.padStart(5);
  process.stderr.write(`${elapsed} s  ${line}\n`);
};

if (values.fresh) await rm(cache, { recursive: true, force: true });
await mkdir(cache, { recursive: true });
const [machine, sources] = [thisMachine(), await sourceDigest()];
const { processor, cores, node } = machine;
const store = new Store(join(cache, 'units'));

if (values.fit) {
  if (values.measure) {
    // The plain circuits do not depend on the sources of the compiler.
    const identity = { processor, cores, node };
    await writeMeasurements(await measureSamples({ store, machine, identity, runs, report }));
  }
  const measurements = await readMeasurements();
  const fit = fitAll(measurements);
  await writeCoefficients(fit, measurements);
  process.stdout.write(`${markdownGrid(errorGrid(fit, measurements))}\n`);
  process.exit(0);
}

if (values.real !== undefined) {
  type Option = 'block-size' | 'keep' | 'tile' | 'jobs' | 'memory';
  const given = (...names: Option[]): string[] =>
    names.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  const run = await realRun({
    weights: Number(values.real),
    folder: join(cache, 'real'),
    planning: given('block-size', 'keep'),
    proving: given('tile', 'jobs', 'memory'),
    report,
  });
  await atomicWrite(join(cache, 'real.json'), `${JSON.stringify({ machine, ...run }, null, 1)}\n`);
  process.stdout.write(`${markdownGrid(stepsGrid(run))}\n\n${markdownGrid(costGrid(run))}\n`);
  process.exit(0);
}

if (values.refusals !== undefined) {
  const measured = await measureRefusals({
    weights: Number(values.refusals),
    folder: join(cache, 'refusals'),
    runs,
    report,
  });
  const text = JSON.stringify({ machine, ...measured }, null, 1);
  await atomicWrite(join(cache, 'refusals.json'), `${text}\n`);
  process.stdout.write(`${alignedGrid(refusalsGrid(measured))}\n`);
  process.exit(0);
}

const second =
  values.mask === undefined
    ? await digitsMask()
    : await maskFromFiles(values.mask, values.plan!, values.mask);
const study = studyOf({
  identity: { sources, processor, cores, node },
  masks: [randomMask(0.04), second],
  proofs: proofCases.filter(({ name }) => wanted.includes(name)),
  runs,
  curve: !values['no-curve'],
});
await work({ store, goals: goalsOf(study), report });

const results = await collect(study, store, { machine, sources });
await atomicWrite(join(cache, 'bench.json'), `${JSON.stringify(results, null, 1)}\n`);
await atomicWrite(join(cache, 'bench.md'), renderMarkdown(results));
await atomicWrite(join(cache, 'bench.html'), renderPage(results));
if (values.docs) {
  const file = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));
  await atomicWrite(file, withResults(await readFile(file, 'utf8'), results));
}
process.stdout.write(renderMarkdown(results));
report(`the report is in ${join(cache, 'bench.html')}`);
process.exit(0);
