// npm run nets [-- --json] [-- --page] [-- --only NAME]: all nets on all specimens. Prints precision, recall and time; exits with 1 where a fault that a circuit shows by itself is missed, or a right circuit is reported.
import { parseArgs } from 'node:util';
import { cases } from './benchmark.ts';
import { writePage } from './page.ts';
import { mistakes, table } from './render.ts';
import { judge } from './run.ts';
import { scoreOf, type Judged } from './score.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Writes the score and the list of specimens into docs/nets.md.
    page: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const judged: Judged[] = [];
for (const specimen of cases(options.only)) {
  const verdict = judge(specimen);
  judged.push({ specimen, verdict });
  const seconds = Object.values(verdict.seconds).reduce((sum, each) => sum + each, 0);
  const says = Object.keys(verdict.findings).join(', ') || 'nothing';
  process.stderr.write(
    `${specimen.name}, ${specimen.answer.is}: ${says}, ${seconds.toFixed(1)} s\n`,
  );
}
const score = scoreOf(judged);
if (options.page) {
  if (options.only === undefined) await writePage(score, judged);
  else await writePage();
}
if (options.json)
  console.log(
    JSON.stringify({
      ...score,
      specimens: judged.map(({ specimen: { name, file, answer, source }, verdict }) => ({
        name,
        file,
        answer,
        source,
        findings: verdict.findings,
      })),
    }),
  );
else console.log(`${table(score)}\n\n${mistakes(score, judged)}`);
if (score.circuit.missed.length > 0 || score.right.alarms.length > 0) process.exitCode = 1;
