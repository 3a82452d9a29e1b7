// Mutation testing: for every mutant of a circuit a verdict (`verdict.ts`).
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { InputValues } from '../../constraints/witness.ts';
import { contextOf, type ContextOptions } from './context.ts';
import type { Mutant } from './edit.ts';
import { explain, filler } from './explained.ts';
import { mutantsOf } from './mutants.ts';
import { nets as allNets, type Net } from './nets.ts';
import { describeStatement } from './statement.ts';
import type { Separating, Undecided, Verdict } from './verdict.ts';

export interface Outcome {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  /** With `doubt`: the explanation that applies to a mutant though a net tells it from the original, and what the net saw. */
  readonly mistaken?: { readonly explanation: string; readonly saw: string };
}

export interface MutateOptions extends Omit<ContextOptions, 'onExhausted'> {
  readonly nets?: readonly Net[];
  /** The numbers of the gates to change; by default all. */
  readonly gates?: Iterable<number>;
  /** Hands explained mutants to all nets, too: one that is noticed shows that its explanation is wrong. */
  readonly doubt?: boolean;
  readonly progress?: (done: number) => void;
}

export function* mutate(
  circuit: LoweredProgram,
  inputs: readonly InputValues[],
  { nets = allNets, gates, doubt = false, progress, ...options }: MutateOptions = {},
): Generator<Outcome> {
  let exhausted = false;
  const context = contextOf(circuit, inputs, { ...options, onExhausted: () => (exhausted = true) });
  let done = 0;
  for (const mutant of mutantsOf(circuit.system, gates)) {
    progress?.(done++);
    // A limb that fills up a row checks nothing: to change it changes no constraint.
    if (filler.applies(mutant, context)) continue;
    exhausted = false;
    yield outcomeOf(mutant);
  }

  function outcomeOf(mutant: Mutant): Outcome {
    // The first net is cheap; what an explanation covers need not try the patience of the others.
    const [first, ...others] = nets;
    const cheap = first ? ask(mutant, [first]) : {};
    if (cheap.killed) return { mutant, verdict: cheap.killed };
    const by = explain(mutant, context);
    if (by !== undefined && !doubt && !cheap.separating)
      return { mutant, verdict: { is: 'equivalent', by } };
    // Only a statement counts against a proof: an analysis may be too weak to find one.
    const asked = ask(
      mutant,
      others.filter(({ analysis }) => by === undefined || !analysis),
    );
    const separating = cheap.separating ?? asked.separating;
    const noticed: Verdict | undefined =
      asked.killed ?? (separating && { is: 'survives', separating });
    if (by === undefined)
      return { mutant, verdict: noticed ?? { is: 'undecided', because: because() } };
    if (!noticed) return { mutant, verdict: { is: 'equivalent', by } };
    const saw = asked.killed?.saw ?? describeStatement(separating!.statement);
    return { mutant, verdict: noticed, mistaken: { explanation: by, saw } };
  }

  function ask(mutant: Mutant, by: readonly Net[]): Asked {
    let separating: Separating | undefined;
    for (const net of by) {
      const sighting = net.notices(mutant, context);
      if (!sighting) continue;
      if ('wrong' in sighting)
        return { killed: { is: 'killed', net: net.name, saw: sighting.wrong } };
      separating ??= sighting.separates;
    }
    return separating ? { separating } : {};
  }

  function because(): Undecided {
    if (exhausted) return 'witnesses-ran-out';
    return context.until?.() ? 'time-ran-out' : 'nothing-known';
  }
}

interface Asked {
  readonly killed?: Extract<Verdict, { is: 'killed' }>;
  readonly separating?: Separating;
}
