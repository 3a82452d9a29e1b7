// npm run bench -- [--prove NAMES | all | none] [--runs N] [--no-curve] [--mask FILE --plan FILE] [--fresh]: computes what is
// missing, and writes the report. Killed, it continues. `--real N` and `--fit` are other commands: real.ts, fit/.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atomicWrite } from '../../compiler/files/atomic-write.ts';
import { Store } from '../experiments/runner/store.ts';
import { work } from '../experiments/runner/work.ts';
import { proofCases } from './cases.ts';
import { sourceDigest, thisMachine } from './machine.ts';
import { digitsMask, maskFromFiles, randomMask } from './masks.ts';
import { renderMarkdown, renderPage } from './report/page.ts';
import { collect } from './results.ts';
import { goalsOf, studyOf } from './study.ts';

const cache = fileURLToPath(new URL('../../.cache/bench', import.meta.url));

const { values } = parseArgs({
  options: {
    /** Names with commas, `all` or `none`. */
    prove: { type: 'string', default: 'all' },
    runs: { type: 'string', default: '3' },
    'no-curve': { type: 'boolean', default: false },
    /** In place of the digits' mask; with the plan that it was made for. */
    mask: { type: 'string' },
    plan: { type: 'string' },
    /** Forgets what was computed before. */
    fresh: { type: 'boolean', default: false },
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
const study = studyOf({
  identity: { sources, processor: machine.processor, cores: machine.cores, node: machine.node },
  proofs: proofCases.filter(({ name }) => wanted.includes(name)),
  runs,
  curve: !values['no-curve'],
});
const store = new Store(join(cache, 'units'));
await work({ store, goals: goalsOf(study), report });

const real =
  values.mask === undefined
    ? await digitsMask()
    : await maskFromFiles(values.mask, values.plan!, values.mask);
const results = await collect(study, store, { machine, sources, masks: [randomMask(0.04), real] });
await atomicWrite(join(cache, 'bench.json'), `${JSON.stringify(results, null, 1)}\n`);
await atomicWrite(join(cache, 'bench.md'), renderMarkdown(results));
await atomicWrite(join(cache, 'bench.html'), renderPage(results));
process.stdout.write(renderMarkdown(results));
report(`the report is in ${join(cache, 'bench.html')}`);
process.exit(0);
