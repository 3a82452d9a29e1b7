// Every value that a prover chooses is pushed as far as the constraints allow, each with a budget of its own, so that the
// findings on one do not depend on the values before it. Findings are values that a declared or derived bound excludes, and second values
// of undeclared advice.
import type { ErrorBounds } from '../../meanings/error.ts';
import { checkWitness } from '../../constraints/checker.ts';
import type { BoundInputs } from '../../inputs/bind.ts';
import { fractionOf, renderFormat, type Format } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { evaluateReal } from '../../meanings/real.ts';
import { toReal } from '../../numbers/rounding.ts';
import { findOp } from '../../ops/index.ts';
import { callOf } from '../../program/calls.ts';
import { boundsOfFloat64, describePlace, farFromReal, isBeyond, type Far } from '../near-reals.ts';
import { areExact } from '../exact-inputs.ts';
import { honestWitness } from '../witness.ts';
import { Attacker } from './attacker.ts';
import { choicesOf, type Choice } from './choice.ts';
import { directionsOf, type Direction } from './directions.ts';
import { contradiction, valuesOf } from './meaning.ts';
import { push, type Push } from './push.ts';
import type { Place, Pushed, PushResult, Reach } from './pushed.ts';
import type { Overrides } from './resolver.ts';
import { mirrors } from './response.ts';
import { shuffled } from './sample.ts';

export interface PushOptions {
  readonly seed?: number;
  /** The budget of each value, in witnesses, about. */
  readonly witnesses?: number;
  /** Ends when this says so. The value that is being pushed then does not count as reached, unless something was found. */
  readonly until?: () => boolean;
  /** Ends with the first finding. */
  readonly first?: boolean;
  /** Told how many of the values were pushed. */
  readonly progress?: (done: number, of: number) => void;
  /** Whether a second value of undeclared advice is a finding. Default: false. */
  readonly undeclared?: boolean;
  /** Says how an accepted witness is wrong; by default how it is beyond a bound, or contradicts the fixed-point meaning. */
  readonly judge?: (witness: readonly bigint[]) => string | undefined;
}

/** The budget of a value: enough for ten jumps, and to search along six lines. */
const witnessesEach = 240;
/** The budget of a jump, to change other values with it. */
const repairsEach = 10;

/** Tries nothing where the inputs have no honest witness. Inputs stay as they are: what is declared holds of them. */
export function pushChoices(
  circuit: LoweredProgram,
  inputs: BoundInputs,
  options: PushOptions = {},
): PushResult {
  const honest = honestWitness(circuit, inputs.fixed);
  if (!honest || checkWitness(circuit.system, honest))
    return { values: 0, tried: 0, reached: [], found: [] };
  return new Pusher(circuit, inputs, honest).run(options);
}

type Fault = Far & { readonly witness: readonly bigint[] };

class Pusher {
  readonly #attacker: Attacker;
  readonly #reals: readonly Float64Array[];
  readonly #known: readonly (readonly bigint[])[];
  readonly #found: Pushed[] = [];
  #bounds: ErrorBounds;
  #asked: PushOptions['judge'];
  #undeclared = false;
  #accepted: readonly bigint[] | undefined;

  constructor(
    private readonly circuit: LoweredProgram,
    private readonly inputs: BoundInputs,
    private readonly honest: readonly bigint[],
  ) {
    const keep = (witness: readonly bigint[]): string => {
      this.#accepted = [...witness];
      return 'accepted';
    };
    this.#attacker = new Attacker(circuit.system, honest, keep, undefined, true);
    this.#reals = evaluateReal(circuit.program, inputs.real);
    this.#known = valuesOf(circuit, honest);
    const exact = areExact(circuit.program, inputs);
    this.#bounds = boundsOfFloat64(circuit, exact ? 'exact' : 'rounded');
  }

  run(options: PushOptions): PushResult {
    const { seed = 1, witnesses = witnessesEach, until, first, progress } = options;
    this.#asked = options.judge;
    this.#undeclared = options.undeclared ?? false;
    if (!this.#asked) this.#judgeHonest();
    const choices = choicesOf(this.circuit, this.#attacker.graph, this.honest);
    const directions = directionsIn(this.#attacker, choices);
    const over = (): boolean => until?.() ?? false;
    const reached: Reach[] = [];
    for (const [done, choice] of shuffled(choices, seed).entries()) {
      const before = this.#found.length;
      if (over() || (first && before > 0)) break;
      progress?.(done, choices.length);
      const end = this.#tried + witnesses;
      const spent = (): boolean => this.#tried >= end || over();
      const reach = this.#push(choice, directions(choice), spent);
      if (over() && this.#found.length === before) break;
      reached.push(reach);
    }
    return { values: choices.length, reached, tried: this.#tried, found: this.#found };
  }

  /** What an honest prover is too far from already is said once, and no more asked. */
  #judgeHonest(): void {
    const far = farFromReal(this.circuit, this.#known, this.#reals, this.#bounds);
    if (!far) return;
    this.#report(far, { ...far, witness: this.honest });
    this.#bounds = this.#bounds.map((own, line) => {
      const { type } = this.circuit.program.lines[line]!;
      const distance = (element: number): number =>
        distanceOf(type.format, this.#known[line]![element]!, this.#reals[line]![element]!);
      return own.map((bound, element) => (isBeyond(distance(element), bound) ? Infinity : bound));
    });
  }

  #push(choice: Choice, directions: readonly Direction[], spent: () => boolean): Reach {
    const { line, element, declared } = choice;
    const { format } = this.circuit.program.lines[line]!.type;
    const [real, bound] = [this.#reals[line]![element]!, this.#bounds[line]![element]!];
    const pushed = push<Fault>(choice, {
      honest: this.honest,
      real,
      bound,
      directions,
      mirrors: mirrors(this.#attacker, choice),
      spent,
      reach: (overrides, repair) => this.#reach(overrides, repair),
      judge: (witness) => this.#judge(choice, witness),
    });
    const { found, least, greatest } = pushed;
    const ends = [least, greatest].map((end) => ({
      ...end,
      distance: distanceOf(format, end.value, real),
    }));
    const farthest = ends[0]!.distance > ends[1]!.distance ? ends[0]! : ends[1]!;
    const { distance } = farthest;
    if (found) this.#report(choice, found);
    else if (
      !this.#asked &&
      declared &&
      saysNothing(this.circuit, choice, real) &&
      isAnything(choice, pushed)
    ) {
      const where = describePlace(this.circuit, line, element);
      const message = `${where}: any ${renderFormat(format)} is accepted, and the declared distance ${bound} excludes none`;
      const { value: integer, witness } = farthest;
      this.#report(choice, { line, element, integer, distance, bound, message, witness });
    } else if (this.#undeclared && !declared) this.#reportOpen(choice, pushed);
    return { line, element, distance, bound };
  }

  /** Where nothing is declared, the constraints have to force the value: any other one is a fault. */
  #reportOpen(choice: Choice, { least, greatest }: Push<Fault>): void {
    const { line, element } = choice;
    const other = [least, greatest].find(({ value }) => value !== choice.honest);
    if (!other) return;
    const message = `${describePlace(this.circuit, line, element)}: another value is accepted, and nothing declares that it may be`;
    const { value: integer, witness } = other;
    this.#report(
      choice,
      { line, element, integer, distance: 0, bound: 0, message, witness },
      'not-forced',
    );
  }

  get #tried(): number {
    return this.#attacker.tried + this.#attacker.probed;
  }

  #reach(overrides: Overrides, repair: boolean): readonly bigint[] | undefined {
    if (!repair) {
      const solved = this.#attacker.solved(overrides);
      return solved && [...solved];
    }
    this.#accepted = undefined;
    this.#attacker.attack(overrides, repairsEach);
    return this.#accepted;
  }

  #judge({ line, element }: Choice, witness: readonly bigint[]): Fault | undefined {
    const values = valuesOf(this.circuit, witness);
    const far = this.#asked
      ? undefined
      : farFromReal(this.circuit, values, this.#reals, this.#bounds);
    if (far) return { ...far, witness };
    const message = this.#asked
      ? this.#asked(witness)
      : contradiction(this.circuit, witness, this.#known);
    const integer = values[line]![element]!;
    const bound = this.#bounds[line]![element]!;
    return message ? { line, element, integer, distance: 0, bound, message, witness } : undefined;
  }

  #report({ line, element }: Place, fault: Fault, kind: Pushed['kind'] = 'too-far'): void {
    const { integer, message, witness, ...where } = fault;
    const honest = this.#known[where.line]![where.element]!;
    this.#found.push({
      kind,
      line: where.line,
      element: where.element,
      distance: where.distance,
      bound: where.bound,
      from: { line, element },
      honest,
      accepted: integer,
      message: this.#asked
        ? message
        : `${message} (${integer} is accepted, an honest prover has ${honest})`,
      inputs: this.inputs.fixed,
      witness,
    });
  }
}

/** The directions of a value; a line is looked at when its first value is asked after. */
function directionsIn(
  attacker: Attacker,
  choices: readonly Choice[],
): (choice: Choice) => readonly Direction[] {
  const lines = new Map<number, ReadonlyMap<Choice, readonly Direction[]>>();
  return (choice) => {
    const known =
      lines.get(choice.line) ??
      directionsOf(
        attacker,
        choices.filter(({ line }) => line === choice.line),
      );
    lines.set(choice.line, known);
    return known.get(choice) ?? [];
  };
}

const distanceOf = (format: Format, integer: bigint, real: number): number =>
  Math.abs(toReal(integer, fractionOf(format)) - real);

/** The line declares a distance that no value of its format exceeds. */
function saysNothing({ program }: LoweredProgram, choice: Choice, real: number): boolean {
  const line = program.lines[choice.line]!;
  const premises = findOp(line.op).choice?.premises(callOf(program, line)) ?? [];
  const { low, high } = choice.format;
  const farthest = Math.max(...[low, high].map((end) => distanceOf(line.type.format, end, real)));
  return premises.some((each) => each.kind === 'near-hint' && farthest <= each.within);
}

const isAnything = ({ format }: Choice, { least, greatest }: Push<Fault>): boolean =>
  least.value === format.low && greatest.value === format.high;
