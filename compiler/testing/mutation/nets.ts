// What could notice a mutant: each net has a name, and says what it saw. A circuit's digest, or its number of rows, is
// none: they tell that something changed, not that it is wrong.
import { analyzeDeterminism } from '../../analyses/determinism/report.ts';
import { checkGates, checkWitness } from '../../constraints/checker.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { Context } from './context.ts';
import { refill, type Mutant } from './edit.ts';
import { reach } from './reach.ts';
import { describeStatement, statementOf } from './statement.ts';
import { corners } from './corners.ts';
import { tamper } from './dishonest.ts';
import type { Separating } from './verdict.ts';

/** A statement that the mutant takes wrongly, in words; or one that it takes otherwise, and no meaning says which is right. */
export type Sighting = { readonly wrong: string } | { readonly separates: Separating };

export interface Net {
  readonly name: string;
  /** True of a net that shows no statement: an analysis proves less of the mutant than of the original. */
  readonly analysis?: boolean;
  /** A difference between the mutant and the original, if this net finds one. */
  notices(mutant: Mutant, context: Context): Sighting | undefined;
}

/** The laws on honest witnesses: the circuit accepts just where the fixed-point meaning exists. */
const honest: Net = {
  name: 'honest',
  notices(mutant, { circuit, runs, witness: first }) {
    let separates: Separating | undefined;
    for (const { witness, accepted, refusing } of runs) {
      const filled = refill(mutant, witness);
      const failure = checkGates(mutant.system, filled, mutant.changed);
      const statement = () => statementOf(circuit, witness, first);
      if (accepted && failure && refusing.length === 0)
        return {
          wrong: `an honest witness is refused, for ${describeStatement(statement())}: ${failure.message}`,
        };
      const others = refusing.some((number) => number !== mutant.gate);
      if (!accepted && !failure && !others)
        return {
          wrong: `what the fixed-point meaning refuses is accepted: ${describeStatement(statement())}`,
        };
      // The original refuses what has a meaning, and the mutant does not.
      if (accepted && refusing.length > 0 && !checkWitness(mutant.system, filled))
        separates ??= { statement: statement(), acceptedBy: 'mutant' };
    }
    return separates && { separates };
  },
};

/** Advice that the changed constraints leave open. */
const determinism: Net = {
  name: 'determinism',
  analysis: true,
  notices(mutant, { circuit }) {
    const changed: LoweredProgram = { ...circuit, system: mutant.system };
    const { free } = analyzeDeterminism(changed);
    const found = free.find(({ message }) => !openIn(circuit).has(message));
    return found && { wrong: found.message };
  },
};

const open = new WeakMap<LoweredProgram, ReadonlySet<string>>();

/** What the original leaves open already. */
function openIn(circuit: LoweredProgram): ReadonlySet<string> {
  const known = open.get(circuit);
  if (known) return known;
  const found = new Set(analyzeDeterminism(circuit).free.map(({ message }) => message));
  open.set(circuit, found);
  return found;
}

/** The nets that a mutant must pass, in the order of what they cost. */
export const nets: readonly Net[] = [honest, determinism, reach, tamper, corners];
