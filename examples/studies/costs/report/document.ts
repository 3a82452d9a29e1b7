// The tables in docs/performance.md, between two marks: all else in the text is written by hand.
import { alignedGrid } from '../../page/grid.ts';
import type { Results } from '../results.ts';
import { describe } from './page.ts';
import { tablesOf } from './tables.ts';

const [begin, end] = ['<!-- npm run bench -- --docs -->', '<!-- end -->'];

/** The text with new tables. Throws where it has no marks. */
export function withResults(text: string, results: Results): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`);
  const tables = tablesOf(results).flatMap(({ title, remark, grid }) => [
    `### ${title}`,
    remark,
    alignedGrid(grid),
  ]);
  const own = [begin, describe(results), ...tables, end].join('\n\n');
  return `${text.slice(0, from)}${own}${text.slice(to + end.length)}`;
}
