// The columns of the report's tables, the same on the page and in Markdown.
import type { Grid } from '../../page/grid.ts';
import type { ResultPoint, ResultRow, ResultSweep, ResultTable } from './results.ts';

export const percent = (part: number, digits = 1): string => (100 * part).toFixed(digits);

export function tableGrid({ rows, language }: ResultTable): Grid {
  const quality = ({ accuracy, loss }: { accuracy: number; loss: number }): string =>
    language ? `${percent(accuracy)} / ${Math.exp(loss).toFixed(2)}` : percent(accuracy);
  const name = ({ title, budget, of }: ResultRow): string =>
    [title, budget === undefined ? '' : `, ${percent(budget, 0)} %`, of ? ` (${of})` : ''].join('');
  const shown = language ? ' / perplexity' : '';
  return [
    [
      'weights',
      `forget acc ↓${shown}`,
      `personal acc ↑${shown}`,
      `retain acc ↑${shown}`,
      'MIA AUC (95 %)',
      'A_f',
      'A_p',
      'recovered',
      'seconds',
    ],
    ...rows.map((row) => {
      const { forget, personal, retain, attack, alignment, seconds } = row.score;
      return [
        name(row),
        quality(forget),
        quality(personal),
        quality(retain),
        `${percent(attack.area)} (${percent(attack.low, 0)}–${percent(attack.high, 0)})`,
        alignment ? alignment.forget.toFixed(3) : '–',
        alignment ? alignment.personal.toFixed(3) : '–',
        row.recovered === undefined ? '' : `${percent(row.recovered, 0)} %`,
        seconds < 0.1 ? '' : seconds.toFixed(1),
      ];
    }),
  ];
}

interface Column {
  readonly title: string;
  readonly of: (point: ResultPoint) => string | undefined;
}

const sweepColumns: readonly Column[] = [
  {
    title: 'forget acc before',
    of: ({ forgetBefore }) => (forgetBefore === undefined ? undefined : percent(forgetBefore)),
  },
  { title: 'forget acc', of: ({ forget }) => percent(forget) },
  { title: 'personal acc', of: ({ personal }) => percent(personal) },
  { title: 'personal loss', of: ({ personalLoss }) => personalLoss.toFixed(3) },
  {
    title: 'recovered',
    of: ({ recovered }) => (recovered === undefined ? undefined : `${percent(recovered, 0)} %`),
  },
  { title: 'rows per block', of: ({ rows }) => rows?.toFixed(0) },
  {
    title: 'rows in all',
    of: ({ rowsInAll }) => (rowsInAll === undefined ? undefined : `${Math.round(rowsInAll)}`),
  },
  { title: 'derived ε of a block', of: ({ epsilon }) => epsilon?.toExponential(1) },
  { title: 'numbers clipped', of: ({ clipped }) => clipped?.toString() },
];

/** Columns that no point has are left out. */
export function sweepGrid({ axis, points }: ResultSweep): Grid {
  const columns = sweepColumns.filter(({ of }) => points.some((point) => of(point) !== undefined));
  return [
    [axis, ...columns.map(({ title }) => title)],
    ...points.map((point) => [point.label, ...columns.map(({ of }) => of(point) ?? '–')]),
  ];
}
