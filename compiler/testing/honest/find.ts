// Inputs that an honest prover has, found by working backwards from the assertions that random inputs do not meet. The search is bounded,
// and the same for the same seed.
import type { InputValues } from '../../constraints/witness.ts';
import { isOpaque } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { inputsOf, type TypedPort } from '../../program/ports.ts';
import { Influence } from './influence.ts';
import { Landscape, type Trial } from './landscape.ts';
import type { Search } from './proposals.ts';
import { Random } from './random.ts';
import { repair } from './repair.ts';
import { baseInputs, changedInputs, freshInputs } from './starts.ts';

export interface FindOptions {
  readonly seed: number;
  /** How many different ones are wanted. */
  readonly count: number;
  /** Honest inputs that are known: the search looks for others. */
  readonly known?: readonly InputValues[];
  /** False for inputs that meet all assertions but are not wanted. */
  readonly admits?: (inputs: InputValues) => boolean;
  /** Elements of lines that may be computed. */
  readonly work?: number;
  /** True when the time is over. */
  readonly until?: () => boolean;
}

export interface Found {
  readonly honest: readonly InputValues[];
  /** Where nothing was found: the inputs that come nearest. */
  readonly nearest: Trial | undefined;
  /** The number of starts that were tried. */
  readonly starts: number;
}

/** About a second. */
const usualWork = 3_000_000;

/** On a large circuit a trial takes long. */
const fewestTrials = 400;

/** Fresh inputs: a search starts at the best of them. */
const draws = 4;

/** Starts in a row that may lead to what is known already: then there is hardly more. */
const mostRepeats = 50;

export function findHonest(program: Program, options: FindOptions): Found {
  const { seed, count, known = [], work = usualWork, until = () => false } = options;
  const { admits = () => true } = options;
  const landscape = new Landscape(program);
  const ports = inputsOf(program);
  const random = new Random(seed);
  const honest: InputValues[] = [];
  const seen = new Set(known.map((each) => keyOf(ports, each)));
  const most = Math.max(work, fewestTrials * landscape.workOfTrial);
  const isOver = (): boolean => landscape.work > most || until();
  let [influence, nearest]: [Influence | undefined, Trial | undefined] = [undefined, undefined];
  let [starts, repeats] = [0, 0];
  while (ports.length > 0 && honest.length < count && repeats < mostRepeats && !isOver()) {
    const start = begin(starts++);
    const end = start.merit > 0 ? repair(search(), start) : start;
    if (!nearest || end.merit < nearest.merit) nearest = end;
    if (end.merit > 0) continue;
    const key = keyOf(ports, end.inputs);
    repeats = seen.has(key) ? repeats + 1 : 0;
    if (repeats > 0) continue;
    seen.add(key);
    if (admits(end.inputs)) honest.push(end.inputs);
  }
  return { honest, nearest: honest.length > 0 ? undefined : nearest, starts };

  /** Every third start is a fresh one, also where honest inputs are known: changes of these may lead nowhere else. */
  function begin(turn: number): Trial {
    const before = [...known, ...honest];
    if (before.length > 0 && turn % 3 > 0)
      return landscape.trial(changedInputs(ports, random.pick(before), random));
    return Array.from({ length: draws }, () => freshInputs(ports, turn, random))
      .map((inputs) => landscape.trial(inputs))
      .reduce((a, b) => (b.merit < a.merit ? b : a));
  }

  function search(): Search {
    influence ??= new Influence(
      landscape,
      [0n, 1n].map((bits) => baseInputs(ports, bits, random)),
      { random, isOver },
    );
    return { landscape, influence, random, isOver };
  }
}

/** Opaque values make no difference: no assertion is about them. */
const keyOf = (ports: readonly TypedPort[], inputs: InputValues): string =>
  ports
    .filter(({ type }) => !isOpaque(type.format))
    .map(({ name }) => inputs.get(name)!.join())
    .join(' ');
