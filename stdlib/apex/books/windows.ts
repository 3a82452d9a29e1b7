// Windows: each closes the epoch that is current when it is issued, and follows the window before it.
//   epoch E, window of epoch E → books in epoch E + 1
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { checkSuccession, readWindow, refuseHistory } from '../documents/index.ts';
import { readNewWindow, sameDocument } from './entries.ts';
import { checkPlanDigest } from './plan.ts';
import type { IssuedWindow, NewEntry, Window } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';

/** Enters a window and opens the next epoch, both or neither. The same digest again changes nothing. */
export async function enterWindow(sql: Sql, entry: NewEntry): Promise<Window> {
  const window = readNewWindow(entry);
  return sql.transaction(async (queries) => {
    const [books] = await queries.query('select epoch, plan_digest from books for update');
    const known = await windowByDigest(queries, entry.digest);
    if (known !== undefined) return sameDocument(known, entry);
    await checkPlanDigest(queries, cell.optionalText(books!, 'plan_digest'), window.plan);
    const epoch = cell.integer(books!, 'epoch');
    if (window.epoch !== epoch)
      fail(
        'stale-window',
        `the window is of epoch ${window.epoch}, the books are in epoch ${epoch}`,
        'issue the window again',
      );
    const last = await lastWindow(queries);
    if (window.predecessor !== (last?.digest ?? null))
      refuseHistory('names another predecessor than the last window');
    checkSuccession(last && readWindow(last.document, 'the last window').window, window);
    const [row] = await queries.query(
      `insert into windows (digest, predecessor, document, epoch)
       values ($1, $2, $3, $4) returning *`,
      [entry.digest, window.predecessor, entry.document, epoch],
    );
    await queries.query('update books set epoch = epoch + 1');
    return windowIn(row!);
  });
}

export async function windowByDigest(
  queries: Queries,
  digest: string,
): Promise<Window | undefined> {
  const [row] = await queries.query('select * from windows where digest = $1', [digest]);
  return row && windowIn(row);
}

/** The newest one. */
export async function lastWindow(queries: Queries): Promise<Window | undefined> {
  const [row] = await queries.query('select * from windows order by epoch desc limit 1');
  return row && windowIn(row);
}

/** All windows without their documents, oldest first. */
export async function allWindows(queries: Queries): Promise<readonly IssuedWindow[]> {
  const rows = await queries.query(
    'select digest, predecessor, epoch, recorded_at from windows order by epoch',
  );
  return rows.map(issued);
}

const issued = (row: Row): IssuedWindow => ({
  digest: cell.text(row, 'digest'),
  predecessor: cell.optionalText(row, 'predecessor'),
  epoch: cell.integer(row, 'epoch'),
  recordedAt: cell.time(row, 'recorded_at'),
});

const windowIn = (row: Row): Window => ({ ...issued(row), document: cell.text(row, 'document') });
