// The books are of one plan: that of the first entry.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Queries } from './sql.ts';

/** Takes the plan of a first entry; throws `other-plan` for a later one of another plan. The row of the books is held. */
export async function checkPlanDigest(
  queries: Queries,
  known: string | null,
  planDigest: string,
): Promise<void> {
  if (known === null) await queries.query('update books set plan_digest = $1', [planDigest]);
  else if (known !== planDigest)
    fail(
      'other-plan',
      `the books are of plan ${known}, the entry is of plan ${planDigest}`,
      'model, layout and formats must be the same; another plan has books of its own',
    );
}
