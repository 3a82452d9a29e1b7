// npm run mutate [-- --json] [-- --markdown] [-- --only NAME]: all mutants of all cases against all nets. Prints the score and the
// others; exits with 1 where one survives, where an explanation is mistaken, and where less than 97 % of the mutants that may
// change anything are noticed.
import { mutate } from '../../compiler/testing/mutation/mutate.ts';
import { rate, Scoreboard } from '../../compiler/testing/mutation/score.ts';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { cases } from './cases.ts';
import { renderMarkdown } from './markdown.ts';
import { render } from './report.ts';

const wanted = 0.97;
const page = new URL('../../docs/mutants.md', import.meta.url);

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Writes docs/mutants.md, too.
    markdown: { type: 'boolean', default: false },
    only: { type: 'string' },
    // Hands mutants that are explained to all nets, too.
    doubt: { type: 'boolean', default: false },
  },
});

const start = performance.now();
const board = new Scoreboard();
const mistaken: string[] = [];
for (const { name, circuit, inputs } of cases(options.only)) {
  const started = performance.now();
  let mutants = 0;
  for (const outcome of mutate(circuit, inputs, { doubt: options.doubt })) {
    board.add(name, circuit, outcome);
    mutants++;
    if (outcome.mistaken)
      mistaken.push(`${name}: ${outcome.mistaken.explanation}, but ${outcome.mistaken.saw}`);
  }
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${name}: ${mutants} mutants, ${seconds.toFixed(1)} s\n`);
}
const score = board.score();
const seconds = (performance.now() - start) / 1000;
console.log(options.json ? JSON.stringify({ ...score, mistaken, seconds }) : render(score));
if (options.markdown)
  await writeFile(page, await format(renderMarkdown(score), { parser: 'markdown' }));
for (const each of mistaken) console.error(`an explanation is wrong: ${each}`);
if (mistaken.length > 0 || score.total.survives > 0 || rate(score.total) < wanted)
  process.exitCode = 1;
