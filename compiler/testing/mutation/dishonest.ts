// Witnesses that are not honest, and that the mutant accepts: they begin around the changed gate, or at the ends of everything.
import { checkGates, gatesOn } from '../../constraints/checker.ts';
import type { GateKind } from '../../constraints/gates.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { contradiction } from '../tamper/meaning.ts';
import { tamperWith } from '../tamper/tamper.ts';
import { isSatisfied, type Context } from './context.ts';
import { refill, type Mutant } from './edit.ts';
import { nearVariables } from './near.ts';
import type { Net } from './nets.ts';
import { honestOf, isInFormats, statementOf } from './statement.ts';
import type { Separating } from './verdict.ts';

/** Honest witnesses that are tampered with, beginning around the changed gate. */
export const tamper: Net = {
  name: 'tamper',
  notices(mutant, context) {
    const { circuit, graph, runs, until, witnesses = Infinity, onExhausted } = context;
    let left = witnesses;
    const only = nearVariables(graph, mutant);
    const changed: LoweredProgram = { ...circuit, system: mutant.system };
    const { kind } = circuit.system.gates[mutant.gate]!.gate;
    const accepted = runs.filter(isSatisfied).slice(0, tamperedRuns[kind] ?? 8);
    const separates = separation(context);
    for (const { witness } of accepted) {
      const { accepted, spent } = tamperWith(changed, refill(mutant, witness), {
        only,
        first: true,
        limit: left,
        ...(until ? { until } : {}),
        settled: (forged) => isOriginal(mutant, circuit, forged),
        judge: (forged) => contradiction(circuit, forged) ?? separates.look(forged, witness),
      });
      if (accepted[0]) return { wrong: accepted[0].message };
      left -= spent;
      if (left > 0) continue;
      onExhausted?.();
      break;
    }
    return separates.found && { separates: separates.found };
  },
};

/** Runs that are tampered with. A fault in a bit shows only where the assertion that the bit switches off holds anyway. */
const tamperedRuns: { readonly [K in GateKind]?: number } = { boolean: 40 };

/** Accepted witnesses with a meaning that are held against the original, for one mutant. */
const looks = 12;

/**
 * Looks at witnesses that the mutant accepts and the original does not, and that contradict no meaning. Most of them make a
 * statement that the original accepts with another witness. One with another statement is kept.
 */
function separation({ circuit, graph }: Context) {
  let left = looks;
  const seen: { found?: Separating } = {};
  return {
    get found(): Separating | undefined {
      return seen.found;
    },
    /** Never ends the search. */
    look(forged: readonly bigint[], from: readonly bigint[]): undefined {
      if (seen.found || left-- <= 0) return undefined;
      const statement = statementOf(circuit, forged, from);
      if (isInFormats(circuit, statement) && !honestOf(circuit, graph, forged, statement))
        seen.found = { statement, acceptedBy: 'mutant' };
      return undefined;
    },
  };
}

/** True of a witness that the unchanged circuit accepts as well. */
export function isOriginal(
  { gate, steps }: Mutant,
  { system }: LoweredProgram,
  forged: readonly bigint[],
): boolean {
  if (steps.length === 0) return checkGates(system, forged, [gate]) === undefined;
  const values = [...forged];
  const refilled = new Set(steps.flatMap(({ outputs }) => outputs));
  for (const { outputs, compute } of system.steps)
    if (outputs.some((variable) => refilled.has(variable)))
      compute(values).forEach((value, i) => (values[outputs[i]!] = value));
  const touched = [...refilled].filter((variable) => variable < system.variables);
  return checkGates(system, values, [gate, ...gatesOn(system, touched)]) === undefined;
}
