// Brings a database to the newest schema, one transaction for each step:
//   version v of the database → v + 1, …, n;  newer than n, or of another protocol: refused, nothing changed
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { retired, type Migration } from './migrations/index.ts';
import { cell } from './sql.ts';
import type { Sql } from './sql.ts';

// Two programs that come to a new server at once migrate it one after the other.
const lockNumber = 0x6c657468;

const createTable = `create table if not exists schema_migrations (
  version integer primary key check (version >= 1),
  name text not null,
  applied_at timestamptz not null default now()
)`;

/**
 * @throws LetheError `older-books`, when the database has the schema of a former protocol; `newer-books`, when it knows more
 *   steps than `migrations`, or others.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
  for (;;) {
    const done = await sql.transaction(async (queries) => {
      await queries.query('select pg_advisory_xact_lock($1::integer)::text', [lockNumber]);
      await queries.query(createTable);
      const rows = await queries.query(
        'select version, name from schema_migrations order by version',
      );
      rows.forEach((row, index) => {
        const name = cell.text(row, 'name');
        if (cell.integer(row, 'version') === index + 1 && migrations[index]?.name === name) return;
        if (retired.includes(name))
          fail(
            'older-books',
            `the books have the schema "${name}" of an older protocol; this version of Lethe knows "${migrations[0]!.name}"`,
            'make a new plan in a new folder, and let every client register there',
          );
        fail(
          'newer-books',
          `the books have schema ${rows.length} (step "${name}"); this version of Lethe knows ${migrations.length}`,
          'open them with the version of Lethe that wrote them, or a newer one',
        );
      });
      const next = migrations[rows.length];
      if (next === undefined) return true;
      for (const statement of next.statements) await queries.query(statement);
      await queries.query('insert into schema_migrations (version, name) values ($1, $2)', [
        rows.length + 1,
        next.name,
      ]);
      return false;
    });
    if (done) return;
  }
}
