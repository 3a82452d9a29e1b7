// npm run tightness: measures every circuit and writes the table of docs/tightness.md.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { measured } from './circuits.ts';
import { measure } from './measure.ts';

const page = new URL('../../docs/tightness.md', import.meta.url);
const runs = 1000;

const rows = measured.map((each) => {
  const { title, bound, worst, runs: done } = measure(each, runs);
  const ratio = worst > 0 ? (bound / worst).toFixed(1) : '—';
  const line = `| ${title} | ${bound.toExponential(2)} | ${worst.toExponential(2)} | ${ratio} | ${done} |`;
  process.stderr.write(`${line}\n`);
  return line;
});
const table = [
  '| circuit | derived bound | worst error seen | ratio | runs |',
  '|---|---|---|---|---|',
  ...rows,
].join('\n');
const text = await readFile(page, 'utf8');
const renewed = text.replace(
  /<!-- table -->[^]*<!-- end -->/,
  `<!-- table -->\n\n${table}\n\n<!-- end -->`,
);
const options = await resolveConfig(page);
await writeFile(page, await format(renewed, { ...options, parser: 'markdown' }));
