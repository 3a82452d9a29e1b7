// npm run op-costs: counts the rows of each operation and of its hand-made version, of roots and of functions, and writes the tables of
// docs/performance.md.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { comparisons, rowsOf } from './comparisons.ts';
import { functionCases, functionRow } from './functions.ts';
import { rootCases, rootRows } from './roots.ts';

const page = new URL('../../docs/performance.md', import.meta.url);

function row(cells: readonly string[]): string {
  const line = `| ${cells.join(' | ')} |`;
  process.stdout.write(`${line}\n`);
  return line;
}

const tables = {
  'op-costs': [
    '| operation | operands | hand-made by | rows | hand-made | saved |',
    '|---|---|---|---|---|---|',
    ...comparisons.map((each) => {
      const [ours, handMade] = rowsOf(each);
      const saved = `${Math.round(100 * (1 - ours / handMade))} %`;
      return row([each.op, each.size, each.by, `${ours}`, `${handMade}`, saved]);
    }),
  ],
  'root-costs': [
    '| equation | forced | within a tolerance |',
    '|---|---|---|',
    ...rootCases.map((each) => row([each.title, ...rootRows(each).map(String)])),
  ],
  'function-costs': [
    '| function | domain | last place | pieces | degree | rows an element | proved | found |',
    '|---|---|---|---|---|---|---|---|',
    ...functionCases.map((each) => row(functionRow(each))),
  ],
};

let text = await readFile(page, 'utf8');
for (const [name, lines] of Object.entries(tables))
  text = text.replace(
    new RegExp(`<!-- ${name} -->[^]*?<!-- end of ${name} -->`),
    `<!-- ${name} -->\n\n${lines.join('\n')}\n\n<!-- end of ${name} -->`,
  );
const options = await resolveConfig(page);
await writeFile(page, await format(text, { ...options, parser: 'markdown' }));
