// PGlite behind the seam: PostgreSQL compiled to WebAssembly, in this process, in a folder.
//   Killed at any moment it recovers from its write-ahead log. It never calls fsync itself, so we do: the log after each
//   transaction, everything at opening and closing (`durable.ts`).
import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { syncFolder } from './durable.ts';
import type { Database, Queries, Row } from './sql.ts';

/** PostgreSQL's own 128 MB of buffers are zeroed at every opening, which takes longer than all else that it does. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];

/** Opens or creates the database in `folder`, which no other process may have open. Not durable: no fsync. */
export async function openPglite(folder: string, durable: boolean): Promise<Database> {
  const sync = async (path: string): Promise<void> => {
    if (durable) await syncFolder(path);
  };
  const engine = await PGlite.create(folder, { startParams }).catch((cause: unknown) =>
    fail(
      'damaged-books',
      `${folder}: the database does not open (${cause instanceof Error ? cause.message : String(cause)})`,
      'restore the folder from a copy; check that the disk has room and the folder may be written to',
    ),
  );
  const log = join(folder, 'pg_wal');
  await sync(folder);
  return {
    query: async (text, parameters) => {
      const { rows } = await engine.query<Row>(text, parameters && [...parameters]);
      return rows;
    },
    transaction: async (action) => {
      const result = await engine.transaction((transaction) => {
        const queries: Queries = {
          query: async (text, parameters) =>
            (await transaction.query<Row>(text, parameters && [...parameters])).rows,
        };
        return action(queries);
      });
      await sync(log);
      return result;
    },
    close: async () => {
      await engine.close();
      await sync(folder);
    },
  };
}
