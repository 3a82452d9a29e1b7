// Mutation testing: every mutant of a circuit must be noticed by some net, or be no mutant but in name.
import type { LoweredProgram } from '../../meanings/circuit.ts';
import type { InputValues } from '../../constraints/witness.ts';
import type { Mutant } from './edit.ts';
import { explain, filler } from './explained.ts';
import { mutantsOf } from './mutants.ts';
import { contextOf, nets as allNets, type ContextOptions, type Net } from './nets.ts';

export interface Outcome {
  readonly mutant: Mutant;
  /** The net that noticed the mutant, and what it saw. */
  readonly killed?: { readonly net: string; readonly saw: string } | undefined;
  /** Of a survivor: why it accepts no other statements than the original. */
  readonly explained?: string;
}

export interface MutateOptions extends ContextOptions {
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
  const context = contextOf(circuit, inputs, options);
  let done = 0;
  for (const mutant of mutantsOf(circuit.system, gates)) {
    progress?.(done++);
    // A limb that fills up a row checks nothing: to change it changes no constraint.
    if (filler.applies(mutant, context)) continue;
    yield outcomeOf(mutant);
  }

  function outcomeOf(mutant: Mutant): Outcome {
    // The first net is cheap; what an explanation covers need not try the patience of the others.
    const [first, ...others] = nets;
    const cheap = first && noticed(mutant, [first]);
    if (cheap) return { mutant, killed: cheap };
    const explained = explain(mutant, context);
    const killed = explained === undefined || doubt ? noticed(mutant, others) : undefined;
    return { mutant, ...(killed ? { killed } : {}), ...(explained ? { explained } : {}) };
  }

  function noticed(mutant: Mutant, by: readonly Net[]): Outcome['killed'] {
    for (const net of by) {
      const saw = net.notices(mutant, context);
      if (saw !== undefined) return { net: net.name, saw };
    }
    return undefined;
  }
}
