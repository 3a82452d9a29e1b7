// Honest statements near the ones that are given, which the mutant refuses. The unchanged circuit is tampered with around the
// changed gate: it then accepts another statement, with other inputs or other choices. Where the changed term is 0 in all given
// inputs (a limb that is always 0), these are the inputs for which it is not.
import { checkGates } from '../../constraints/checker.ts';
import { contradiction } from '../tamper/meaning.ts';
import { tamperWith } from '../tamper/tamper.ts';
import { isSatisfied } from './context.ts';
import { loosens, refill } from './edit.ts';
import { nearVariables } from './near.ts';
import type { Net } from './nets.ts';
import { describeStatement, honestOf, statementOf } from './statement.ts';

/** Runs to begin from, and witnesses for each. */
const [starts, mostEach] = [4, 4000];

export const reach: Net = {
  name: 'reach',
  notices(mutant, { circuit, graph, runs, until }) {
    // A mutant that is only loosened refuses nothing more.
    if (loosens(mutant)) return undefined;
    const only = nearVariables(graph, mutant).filter((each) => each < circuit.system.variables);
    const refuses = (witness: readonly bigint[]): boolean =>
      checkGates(mutant.system, refill(mutant, witness), mutant.changed) !== undefined;
    for (const { witness } of runs.filter(isSatisfied).slice(0, starts)) {
      const { accepted } = tamperWith(circuit, witness, {
        only,
        first: true,
        limit: mostEach,
        ...(until ? { until } : {}),
        settled: (other) => !refuses(other),
        judge(other) {
          if (contradiction(circuit, other) !== undefined) return undefined;
          const statement = statementOf(circuit, other, witness);
          const honest = honestOf(circuit, graph, other, statement);
          if (!honest || !refuses(honest)) return undefined;
          return `an honest statement is refused: ${describeStatement(statement)}`;
        },
      });
      if (accepted[0]) return { wrong: accepted[0].message };
    }
    return undefined;
  },
};
