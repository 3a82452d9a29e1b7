// Windows: each closes the epoch that is current when it is issued.
//   epoch E, window → window with epoch E, books in epoch E + 1
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { NewWindow, Window } from './records.ts';
import { cell } from './sql.ts';
import type { Queries, Row, Sql } from './sql.ts';

/** Enters a window and opens the next epoch, both or neither. The same digest again changes nothing. */
export async function enterWindow(sql: Sql, entry: NewWindow): Promise<Window> {
  return sql.transaction(async (queries) => {
    const [books] = await queries.query('select epoch from books for update');
    const known = await windowByDigest(queries, entry.digest);
    if (known !== undefined) return sameAs(known, entry);
    const [row] = await queries.query(
      `insert into windows (digest, mask_digest, document, epoch)
       values ($1, $2, $3, $4) returning *`,
      [entry.digest, entry.maskDigest, entry.document, cell.integer(books!, 'epoch')],
    );
    await queries.query('update books set epoch = epoch + 1');
    return window(row!);
  });
}

export async function windowByDigest(
  queries: Queries,
  digest: string,
): Promise<Window | undefined> {
  const [row] = await queries.query('select * from windows where digest = $1', [digest]);
  return row && window(row);
}

/** All windows, oldest first. */
export async function allWindows(queries: Queries): Promise<readonly Window[]> {
  return (await queries.query('select * from windows order by epoch')).map(window);
}

function sameAs(known: Window, entry: NewWindow): Window {
  for (const field of ['maskDigest', 'document'] as const) {
    if (known[field] === entry[field]) continue;
    fail(
      'other-entry',
      `window ${entry.digest} is in the books with another ${field}`,
      'a digest names one document: compute it anew',
    );
  }
  return known;
}

function window(row: Row): Window {
  return {
    digest: cell.text(row, 'digest'),
    maskDigest: cell.text(row, 'mask_digest'),
    document: cell.text(row, 'document'),
    epoch: cell.integer(row, 'epoch'),
    recordedAt: cell.time(row, 'recorded_at'),
  };
}
