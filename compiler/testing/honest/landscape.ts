// Measures on any inputs how far each assertion of a program is from holding. It computes only the lines that assertions depend on, and
// after a change only the lines that the change reaches.
import type { InputValues } from '../../constraints/witness.ts';
import { isOpaque } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { sizeOf } from '../../ir/shape.ts';
import { findOp } from '../../ops/index.ts';
import type { Call, Condition, Lenient, Op } from '../../ops/op.ts';
import { callOf } from '../../program/calls.ts';
import { declaredInput, inputsOf, type TypedPort } from '../../program/ports.ts';

/** An element of what a line asserts. */
export interface Place {
  readonly line: number;
  readonly element: number;
}

/** A condition that does not hold, and by how much: above 0 the value is too high. */
export interface Miss extends Place {
  readonly by: bigint;
}

/** Inputs, and what the assertions say of them. */
export interface Trial {
  readonly inputs: InputValues;
  /** The value of each line; undefined where it is not needed, or could not be computed. */
  readonly values: readonly (readonly bigint[] | undefined)[];
  readonly conditions: readonly (readonly Condition[])[];
  readonly misses: readonly (readonly Miss[])[];
  /** 0 where everything holds. */
  readonly merit: number;
}

interface Step {
  readonly line: number;
  readonly op: Op;
  readonly call: Call;
  readonly work: number;
}

/** The work of a move besides its lines, in elements. */
const workOfMove = 64;

/** The merit of a line that cannot be computed. */
const unknown = 64;

export class Landscape {
  /** Inputs that some assertion depends on. */
  readonly ports: readonly TypedPort[];
  readonly #program: Program;
  readonly #steps: readonly Step[];
  #work = 0;

  constructor(program: Program) {
    this.#program = program;
    const needed = neededLines(program);
    this.ports = inputsOf(program).filter(
      ({ line, type }) => needed.has(line) && !isOpaque(type.format),
    );
    this.#steps = program.lines.flatMap((line, number): Step[] => {
      if (!needed.has(number) || declaredInput(line)) return [];
      const call = callOf(program, line);
      const op = findOp(line.op);
      return [{ line: number, op, call, work: workOf(op, call) }];
    });
  }

  /** Elements that were computed so far, roughly. */
  get work(): number {
    return this.#work;
  }

  /** The work of one trial. */
  get workOfTrial(): number {
    return this.#steps.reduce((sum, { work }) => sum + work, 0);
  }

  trial(inputs: InputValues): Trial {
    const empty = this.#program.lines.map(() => []);
    const values = this.#program.lines.map((line) => {
      const input = declaredInput(line);
      return input && inputs.get(input.name);
    });
    return this.#compute({ inputs, values, conditions: empty, misses: empty, merit: 0 });
  }

  /** The trial with some tensors replaced. */
  moved(trial: Trial, changes: InputValues): Trial {
    this.#work += workOfMove;
    const values = [...trial.values];
    const changed = new Set<number>();
    for (const { name, line } of this.ports) {
      const own = changes.get(name);
      if (!own) continue;
      values[line] = own;
      changed.add(line);
    }
    const inputs = new Map([...trial.inputs, ...changes]);
    return this.#compute({ ...trial, inputs, values }, changed);
  }

  #compute(trial: Trial, changed?: Set<number>): Trial {
    const [values, conditions, misses] = [
      [...trial.values],
      [...trial.conditions],
      [...trial.misses],
    ];
    for (const { line, op, call, work } of this.#steps) {
      if (changed && !call.operands.some((operand) => changed.has(operand))) continue;
      this.#work += work;
      const computed = this.#evaluate(op, call, values, misses);
      const value = computed?.value;
      conditions[line] = computed?.conditions ?? [];
      misses[line] = computed
        ? missesOf(line, computed.conditions)
        : [{ line, element: 0, by: 1n }];
      if (changed && !areEqual(values[line], value)) changed.add(line);
      values[line] = value;
    }
    const merit = this.#steps.reduce(
      (sum, { line }) => sum + (values[line] ? meritOf(misses[line]!) : unknown),
      0,
    );
    return { inputs: trial.inputs, values, conditions, misses, merit };
  }

  /** Undefined where there is no value: on arguments that no honest prover has, an author's hint may throw anything. */
  #evaluate(
    op: Op,
    call: Call,
    values: readonly (readonly bigint[] | undefined)[],
    misses: readonly (readonly Miss[])[],
  ): Lenient | undefined {
    const args = call.operands.map((operand) => values[operand]);
    if (!args.every((arg) => arg !== undefined)) return undefined;
    try {
      return op.lenient?.(args, call) ?? { conditions: [], value: op.fixed(args, call) };
    } catch (error) {
      if (misses.every((each) => each.length === 0)) throw error;
      return undefined;
    }
  }
}

/** Elements; products where the value is a sum of products: n³ for three matrices of n², n² for one and two vectors. */
function workOf(op: Op, { arguments: args, result }: Call): number {
  const sizes = [...args, result].map(({ shape }) => Math.max(1, sizeOf(shape)));
  const elements = sizes.reduce((sum, size) => sum + size, 8);
  if (!op.sum?.inLanes) return elements;
  return elements + Math.sqrt(sizes.reduce((product, size) => product * size, 1));
}

/** The lines that assert something, and all that they are computed from. */
function neededLines({ lines }: Program): ReadonlySet<number> {
  const needed = new Set<number>();
  for (let number = lines.length - 1; number >= 0; number--) {
    const line = lines[number]!;
    if (findOp(line.op).lenient) needed.add(number);
    if (needed.has(number)) line.arguments.forEach((argument) => needed.add(argument));
  }
  return needed;
}

export const isMet = ({ value, bounds }: Condition): boolean =>
  bounds.low <= value && value <= bounds.high;

function missesOf(line: number, conditions: readonly Condition[]): Miss[] {
  return conditions.flatMap((condition, element) => {
    if (isMet(condition)) return [];
    const { value, bounds } = condition;
    return [{ line, element, by: value - (value > bounds.high ? bounds.high : bounds.low) }];
  });
}

/** Bits: to mend one assertion is worth more than to come nearer to several. */
const weightOf = (by: bigint): number => 1 + Math.log2(1 + Math.abs(Number(by)));

const meritOf = (misses: readonly Miss[]): number =>
  misses.reduce((sum, { by }) => sum + weightOf(by), 0);

/** The part of some conditions in the merit of a trial. */
export const meritAt = ({ conditions }: Trial, places: readonly Place[]): number =>
  places.reduce((sum, { line, element }) => {
    const condition = conditions[line]?.[element];
    return sum + (condition ? meritOf(missesOf(line, [condition])) : unknown);
  }, 0);

const areEqual = (a: readonly bigint[] | undefined, b: readonly bigint[] | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((x, i) => x === b[i]);
