// The program of a circuit with every open choice made: pinned by its author, or searched.
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { Chooser } from '../ir/open.ts';
import type { Program } from '../ir/program.ts';
import type { WorkLimit } from '../program/work.ts';
import { candidateBits } from './candidates.ts';
import { searchChoices, type SearchOptions } from './search.ts';

/** What an author describes; see `Circuit`. */
export interface Buildable {
  build(
    parameters?: Readonly<Record<string, number>>,
    choose?: Chooser,
    limit?: WorkLimit,
  ): Program;
}

/** The program of a circuit, every open choice made. Throws a LetheError. */
export function buildCircuit(
  circuit: Buildable,
  parameters: Readonly<Record<string, number>> = {},
  options: SearchOptions & WorkLimit = {},
): Program {
  const build = (choose: Chooser): Program => circuit.build(parameters, choose, options);
  const closed = closedProgram(build);
  if (closed) return closed;
  const { chosen } = searchChoices(build, options);
  const bits = new Map(chosen.choices.map((choice) => [choice.name, choice.bits]));
  return build(({ name }) => bits.get(name)!);
}

/** The program of a circuit whose choices are all pinned; undefined where one is open. Throws a LetheError. */
export function closedProgram(build: (choose: Chooser) => Program): Program | undefined {
  let open = false;
  const choose: Chooser = (each) => {
    open = true;
    return candidateBits(each).at(-1)!;
  };
  try {
    const program = build(choose);
    return open ? undefined : program;
  } catch (error) {
    // What is wrong only with the widest choice is no fault.
    if (!open || !isLetheError(error)) throw error;
    return undefined;
  }
}
