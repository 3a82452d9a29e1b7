// The program of a circuit with every open choice made: pinned by its author, or searched.
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { Chooser } from '../ir/open.ts';
import type { Program } from '../ir/program.ts';
import { candidateBits } from './candidates.ts';
import { searchChoices, type SearchOptions } from './search.ts';

/** What an author describes; see `Circuit`. */
export interface Buildable {
  build(parameters?: Readonly<Record<string, number>>, choose?: Chooser): Program;
}

/** The program of a circuit, every open choice made. Throws a LetheError. */
export function buildCircuit(
  circuit: Buildable,
  parameters: Readonly<Record<string, number>> = {},
  options: SearchOptions = {},
): Program {
  const build = (choose: Chooser): Program => circuit.build(parameters, choose);
  if (!leavesOpen(build)) return build(() => 0);
  const { chosen } = searchChoices(build, options);
  const bits = new Map(chosen.choices.map((choice) => [choice.name, choice.bits]));
  return build(({ name }) => bits.get(name)!);
}

/** Whether a circuit has choices that are not pinned. */
export function leavesOpen(build: (choose: Chooser) => Program): boolean {
  let open = false;
  const choose: Chooser = (each) => {
    open = true;
    return candidateBits(each).at(-1)!;
  };
  try {
    build(choose);
  } catch (error) {
    // What the build finds wrong is said where the program is built for good.
    if (!isLetheError(error)) throw error;
  }
  return open;
}
