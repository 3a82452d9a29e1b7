// Inputs that an honest prover has, found by working backwards from the assertions that random inputs do not meet. The search is bounded,
// and the same for the same seed.
import type { InputValues } from '../../constraints/witness.ts';
import { isOpaque } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { inputsOf } from '../../program/ports.ts';
import { Influence } from './influence.ts';
import { Landscape, type Trial } from './landscape.ts';
import { Random } from './random.ts';
import { repair } from './repair.ts';
import { baseInputs, changedInputs, freshInputs } from './starts.ts';

export interface FindOptions {
  readonly seed: number;
  /** How many different ones are wanted. */
  readonly count: number;
  /** Honest inputs that are there: others are looked for. */
  readonly known?: readonly InputValues[];
  /** Elements of lines that may be computed. */
  readonly work?: number;
  /** True when the time is over. */
  readonly until?: () => boolean;
}

export interface Found {
  readonly honest: readonly InputValues[];
  /** Where nothing was found: the inputs that come nearest. */
  readonly nearest: InputValues | undefined;
  /** Starts from which the search went. */
  readonly starts: number;
}

/** About a second. */
const usualWork = 3_000_000;

/** On a large circuit a trial takes long. */
const fewestTrials = 400;

/** Fresh inputs of which a search starts at the best. */
const draws = 4;

/** Starts in a row that may lead to what is known already: then there is hardly more. */
const mostRepeats = 50;

export function findHonest(
  program: Program,
  { seed, count, known = [], work = usualWork, until = () => false }: FindOptions,
): Found {
  const landscape = new Landscape(program);
  const ports = inputsOf(program);
  const random = new Random(seed);
  const keyOf = (inputs: InputValues): string =>
    ports
      .filter(({ type }) => !isOpaque(type.format))
      .map(({ name }) => inputs.get(name)!.join())
      .join(' ');
  const seen = new Set(known.map(keyOf));
  const honest: InputValues[] = [];
  const most = Math.max(work, fewestTrials * landscape.workOfTrial);
  const isOver = (): boolean => landscape.work > most || until();
  let [influence, nearest]: [Influence | undefined, Trial | undefined] = [undefined, undefined];
  let [starts, repeats] = [0, 0];
  for (
    ;
    repeats < mostRepeats && honest.length < count && !isOver() && ports.length > 0;
    starts++
  ) {
    const before = [...known, ...honest];
    // Every third start is a fresh one, also where others are known: changes of those may lead nowhere else.
    const start =
      before.length === 0 || starts % 3 === 0
        ? Array.from({ length: draws }, () => freshInputs(ports, starts, random))
            .map((inputs) => landscape.trial(inputs))
            .reduce((a, b) => (b.merit < a.merit ? b : a))
        : landscape.trial(changedInputs(ports, random.pick(before), random));
    if (start.merit > 0)
      influence ??= new Influence(
        landscape,
        [0n, 1n].map((bits) => baseInputs(ports, bits, random)),
        random,
      );
    const end = influence ? repair({ landscape, influence, random, isOver }, start) : start;
    if (!nearest || end.merit < nearest.merit) nearest = end;
    if (end.merit > 0) continue;
    repeats = seen.has(keyOf(end.inputs)) ? repeats + 1 : 0;
    if (repeats > 0) continue;
    seen.add(keyOf(end.inputs));
    honest.push(end.inputs);
  }
  return { honest, nearest: honest.length > 0 ? undefined : nearest?.inputs, starts };
}
