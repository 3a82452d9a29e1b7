// npm run windows -- [--only newcomers | costs]: the accuracy of a newcomer beside that of an old client, and what windows 1, 4 and 8 cost.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFolders, writeClientFiles, writeProviderFiles } from '../../unlearn-digits/files.ts';
import { firstImages } from '../../unlearn-digits/images.ts';
import { learn } from '../../unlearn-digits/learning.ts';
import { alignedGrid } from '../page/grid.ts';
import { accuracyGrid } from './accuracy-table.ts';
import { costGrid } from './cost-table.ts';
import { newcomers } from './newcomers.ts';
import { openClients } from './parties.ts';
import { learning, scenarios } from './scenarios.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const parts = ['newcomers', 'costs'];
if (values.only !== undefined && !parts.includes(values.only))
  throw new RangeError(`--only ${values.only} is none of ${parts.join(', ')}`);

const start = performance.now();
const report = (line: string): void => {
  const elapsed = `${((performance.now() - start) / 1000).toFixed(0)}`.padStart(5);
  process.stderr.write(`${elapsed} s  ${line}\n`);
};

if (values.only !== 'costs') {
  const learned = await learn({ ...learning, report });
  const folders = await makeFolders(
    fileURLToPath(new URL('../../../.cache/windows', import.meta.url)),
  );
  report('gradients');
  await writeProviderFiles(folders, learned.provider);
  const { images, weights } = learned.client;
  await writeClientFiles(folders, weights, firstImages(images, 256));
  const clients = await openClients(folders);
  const names = clients.plan.scope.tensors.map(({ name }) => name);
  for (const scenario of await scenarios(learned, folders, clients.plan)) {
    report(scenario.title);
    const found = await newcomers(folders, clients, scenario.masks);
    const { title, forgetTest } = scenario;
    const grid = await accuracyGrid(names, scenario, found);
    process.stdout.write(
      `\nDigits: ${learned.origin}, ${title}. ${found.masked.join(' and ')} masked weights, ${forgetTest.count} images to forget.\n\n${alignedGrid(grid)}\n`,
    );
  }
}
if (values.only !== 'newcomers') process.stdout.write(`\n${alignedGrid(costGrid(report))}\n`);
report('done');
process.exit(0);
