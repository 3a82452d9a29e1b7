// npm run experiments -- [--quick] [--scenarios NAMES] [--workers N]: computes what is missing, and writes the report. Killed, it continues.
import { fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atomicWrite } from '../../../compiler/files/atomic-write.ts';
import { renderMarkdown } from './report/markdown.ts';
import { renderPage } from './report/page.ts';
import { collect } from './report/results.ts';
import { Store } from './runner/store.ts';
import { work } from './runner/work.ts';
import { full, quick } from './settings.ts';
import { goalsOf, studyOf } from './study/study.ts';

const cache = fileURLToPath(new URL('../../../.cache/experiments', import.meta.url));

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Names with commas, in place of all. */
    scenarios: { type: 'string' },
    workers: { type: 'string', default: `${Math.min(2, availableParallelism())}` },
    /** Of a helping process: computes and writes no report. */
    helper: { type: 'boolean', default: false },
  },
});
const workers = Number(values.workers);
if (!Number.isInteger(workers) || workers < 1)
  throw new RangeError(`--workers is ${values.workers}, and not a number of processes`);

const start = performance.now();
const report = (line: string): void => {
  const elapsed = `${((performance.now() - start) / 1000).toFixed(0)}`.padStart(5);
  process.stderr.write(`${elapsed} s  ${line}\n`);
};

const all = values.quick ? quick : full;
const study = studyOf(
  values.scenarios === undefined ? all : { ...all, scenarios: values.scenarios.split(',') },
);
const store = new Store(join(cache, 'units'));
const goals = goalsOf(study);

if (values.helper) {
  process.on('disconnect', () => process.exit(1));
  await work({ store, goals, processes: workers, report });
  process.exit(0);
}

const helpers = Array.from({ length: workers - 1 }, () =>
  fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--helper']),
);
await work({ store, goals, processes: workers, report });
helpers.forEach((helper) => helper.disconnect());

const results = await collect(study, store);
await mkdir(cache, { recursive: true });
const file = (extension: string): string => join(cache, `${study.settings.name}.${extension}`);
await atomicWrite(file('json'), `${JSON.stringify(results, null, 1)}\n`);
await atomicWrite(file('md'), renderMarkdown(results));
await atomicWrite(file('html'), renderPage(results));
process.stdout.write(`${renderMarkdown(results)}\n`);
report(`the report is in ${file('html')}`);
process.exit(0);
