// What the report says, as data: the JSON beside the page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Store } from '../runner/store.ts';
import type { Settings } from '../settings.ts';
import type { Score } from '../study/score.ts';
import { goalsOf, type Study } from '../study/study.ts';
import type { Sweep } from '../study/sweep.ts';
import type { Table } from '../study/table.ts';
import { effortOf, type Effort } from './effort.ts';
import { bestOf, meanScore, recovered } from '../study/summary.ts';

export interface ResultRow {
  readonly title: string;
  readonly budget?: number;
  readonly score: Score;
  /** The candidate that was taken, or all seeds. */
  readonly of?: string;
  /** Of the personal accuracy that the mask cost; for compensated rows. */
  readonly recovered?: number;
}

export interface ResultTable {
  readonly name: string;
  readonly title: string;
  readonly remark: string;
  /** Whether perplexity is shown. */
  readonly language: boolean;
  readonly rows: readonly ResultRow[];
}

export interface ResultPoint {
  readonly label: string;
  readonly x?: number;
  /** Before anything is forgotten, where that is not the table's. */
  readonly forgetBefore?: number;
  readonly forget: number;
  readonly personal: number;
  /** Mean loss on the same, in nats: less noisy than a count of right answers. */
  readonly personalLoss: number;
  readonly recovered?: number;
  readonly rows?: number;
  /** Of all touched blocks. */
  readonly rowsInAll?: number;
  readonly epsilon?: number;
  readonly clipped?: number;
}

export interface ResultSweep {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly points: readonly ResultPoint[];
}

export interface Results {
  readonly settings: Settings;
  readonly versions: Readonly<Record<string, string>>;
  readonly effort: Effort;
  readonly tables: readonly ResultTable[];
  readonly ablations: readonly ResultAblation[];
}

export interface ResultAblation {
  /** Of the table that the sweeps belong to. */
  readonly title: string;
  readonly budget: number;
  readonly sweeps: readonly ResultSweep[];
}

/** Reads all scores. Throws when one is not finished. */
export async function collect(study: Study, store: Store): Promise<Results> {
  const tables: ResultTable[] = [];
  for (const table of study.tables) tables.push(await tableOf(table, store));
  const ablations: ResultAblation[] = [];
  for (const { table, budget, sweeps } of study.ablations) {
    const own = tables.find(({ name }) => name === table.scenario.name)!;
    const collected: ResultSweep[] = [];
    for (const sweep of sweeps) collected.push(await sweepOf(sweep, own, budget, store));
    ablations.push({ title: own.title, budget, sweeps: collected });
  }
  const effort = await effortOf(goalsOf(study), store);
  return { settings: study.settings, versions: await versions(), effort, tables, ablations };
}

async function tableOf({ scenario, rows }: Table, store: Store): Promise<ResultTable> {
  const scored: { row: Table['rows'][number]; scores: Score[] }[] = [];
  for (const row of rows)
    scored.push({
      row,
      scores: await Promise.all(row.candidates.map(({ score }) => store.read(score))),
    });
  const exact = meanScore(scored.find(({ row }) => row.takes === 'mean')!.scores);
  const plain = scored.map(({ row, scores }): ResultRow => {
    const { title, budget, takes, candidates } = row;
    const best = takes === 'best' ? bestOf(scores, exact) : 0;
    const of =
      takes === 'best'
        ? `strength ${candidates[best]!.name}`
        : takes === 'mean' && scores.length > 1
          ? `mean of ${scores.length} seeds`
          : undefined;
    return {
      title,
      ...(budget === undefined ? {} : { budget }),
      score: takes === 'mean' ? exact : scores[best]!,
      ...(of ? { of } : {}),
    };
  });
  return {
    name: scenario.name,
    title: scenario.title,
    remark: scenario.remark,
    language: scenario.language,
    rows: plain.map((row) => withRecovery(row, plain)),
  };
}

function withRecovery(row: ResultRow, rows: readonly ResultRow[]): ResultRow {
  const masked = maskedRow(rows, row.budget);
  if (row.budget === undefined || row === masked || !masked) return row;
  const part = recovered(rows[0]!.score, masked.score, row.score);
  return part === undefined ? row : { ...row, recovered: part };
}

/** Mask only, at a budget. */
export const maskedRow = (
  rows: readonly ResultRow[],
  budget: number | undefined,
): ResultRow | undefined => rows.find((row) => row.title === 'mask only' && row.budget === budget);

async function sweepOf(
  { name, title, axis, points }: Sweep,
  table: ResultTable,
  budget: number,
  store: Store,
): Promise<ResultSweep> {
  const collected: ResultPoint[] = [];
  for (const { label, x, score, before, masked, cost } of points) {
    const own = await store.read(score);
    const base = masked ? await store.read(masked) : maskedRow(table.rows, budget)!.score;
    const start = before ? await store.read(before) : table.rows[0]!.score;
    const part = recovered(start, base, own);
    const price = cost && (await store.read(cost));
    const { touched, clipped } = own.details;
    collected.push({
      label,
      ...(x === undefined ? {} : { x }),
      ...(before ? { forgetBefore: start.forget.accuracy } : {}),
      forget: own.forget.accuracy,
      personal: own.personal.accuracy,
      personalLoss: own.personal.loss,
      ...(part === undefined ? {} : { recovered: part }),
      ...(price
        ? { rows: price.rows, rowsInAll: price.rows * touched!, epsilon: price.epsilon }
        : {}),
      ...(clipped === undefined ? {} : { clipped }),
    });
  }
  return { name, title, axis, points: collected };
}

async function versions(): Promise<Record<string, string>> {
  const version = async (file: string | URL): Promise<string> =>
    (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  const jax = createRequire(import.meta.url).resolve('@jax-js/jax');
  return {
    lethe: await version(new URL('../../../../package.json', import.meta.url)),
    '@jax-js/jax': await version(jax.replace(/dist\/.*$/, 'package.json')),
    node: process.version,
  };
}
