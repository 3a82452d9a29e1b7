// The generated parts of docs/nets.md: the score now, and the list of specimens.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { suspicious, twins } from './benchmark.ts';
import { mistakes, table } from './render.ts';
import type { Judged, Score } from './score.ts';

const page = new URL('../../docs/nets.md', import.meta.url);

/** Tables and lists of the twins and of the right circuits that have none. */
const specimens = (): string =>
  [
    '| twins | fault | shown by | should be found by | source |',
    '| --- | --- | --- | --- | --- |',
    ...twins.map(
      ({ name, file, fault, shows, nets, source: { catalogue, title, url } }) =>
        `| [\`${name}\`](../test/zoo/${file}) | ${fault} | ${shows === 'circuit' ? 'the circuit' : 'a specification'} | ${nets.join(', ')} | ${catalogue}: [${title}](${url}) |`,
    ),
    '',
    '| right | why it looks broken | why it is right |',
    '| --- | --- | --- |',
    ...suspicious.map(
      ({ name, file, suspicion, because }) =>
        `| [\`${name}\`](../test/zoo/${file}) | ${suspicion} | ${because} |`,
    ),
  ].join('\n');

/** The text with the part between the marks replaced. */
function replaced(text: string, mark: string, by: string): string {
  const [begin, end] = [`<!-- begin ${mark} -->`, `<!-- end ${mark} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/nets.md has no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${by}\n\n${text.slice(to)}`;
}

/** Writes docs/nets.md with the list, and with the score where there is one of all specimens. */
export async function writePage(score?: Score, judged: readonly Judged[] = []): Promise<void> {
  let text = replaced(await readFile(page, 'utf8'), 'specimens', specimens());
  if (score) text = replaced(text, 'now', `${table(score)}\n\n${mistakes(score, judged)}`.trim());
  const options = await resolveConfig(page);
  await writeFile(page, await format(text, { ...options, parser: 'markdown' }));
}
