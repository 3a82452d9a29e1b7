// npm run op-costs: counts the rows of each operation and of its hand-made version, and writes the table of docs/performance.md.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { comparisons, rowsOf } from './comparisons.ts';

const page = new URL('../../docs/performance.md', import.meta.url);

const rows = comparisons.map((each) => {
  const [ours, handMade] = rowsOf(each);
  const saved = `${Math.round(100 * (1 - ours / handMade))} %`;
  const line = `| ${each.op} | ${each.size} | ${each.by} | ${ours} | ${handMade} | ${saved} |`;
  process.stdout.write(`${line}\n`);
  return line;
});
const table = [
  '| operation | operands | hand-made by | rows | hand-made | saved |',
  '|---|---|---|---|---|---|',
  ...rows,
].join('\n');
const text = await readFile(page, 'utf8');
const renewed = text.replace(
  /<!-- npm run op-costs -->[^]*?<!-- end of op-costs -->/,
  `<!-- npm run op-costs -->\n\n${table}\n\n<!-- end of op-costs -->`,
);
const options = await resolveConfig(page);
await writeFile(page, await format(renewed, { ...options, parser: 'markdown' }));
