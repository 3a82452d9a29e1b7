// Other inputs near those of an honest prover: bits turned and swapped, alone and with a threshold that makes up for it, and
// numbers moved a little. A circuit that forgets an assertion on its inputs accepts some that its specification refuses.
import type { Variable } from '../../constraints/expression.ts';
import { formatInterval, isOpaque } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { canonical, centered } from '../../numbers/field.ts';
import { bitLength, type Interval } from '../../numbers/interval.ts';
import { inputsOf } from '../../program/ports.ts';
import type { Attacker } from '../tamper/attacker.ts';
import type { Overrides } from '../tamper/resolver.ts';
import { shuffled } from '../tamper/sample.ts';

interface Input {
  readonly variables: readonly Variable[];
  readonly interval: Interval;
  readonly isBit: boolean;
}

/** The message of the attacker's judge about the first accepted inputs that it objects to. */
export function attackInputs(
  circuit: LoweredProgram,
  attacker: Attacker,
  { limit, seed }: { readonly limit: number; readonly seed: number },
): string | undefined {
  const inputs = numericInputs(circuit);
  const honest = (variable: Variable): bigint => centered(attacker.honest[variable]!);
  const masks = inputs.filter(({ isBit }) => isBit);
  const turns = [
    ...masks.flatMap(({ variables }) => levels(variables)),
    ...shuffled(
      masks.flatMap(({ variables }) => turnsOf(variables, honest)),
      seed,
    ).slice(0, limit),
  ];
  const balances = shuffled(
    inputs.flatMap((input) => balancesOf(input, honest)),
    seed,
  ).slice(0, limit);
  // They take turns, so that none uses up the limit.
  const kinds = [moves(inputs, honest, seed), turns, paired(turns, balances, seed)];
  let left = limit;
  for (const overrides of alternated(kinds)) {
    if (left-- <= 0) return undefined;
    const message = attacker.attack(overrides, 1);
    if (message !== undefined) return message;
  }
  return undefined;
}

function numericInputs({ program, system }: LoweredProgram): Input[] {
  return inputsOf(program).flatMap(({ name, type }) => {
    if (isOpaque(type.format)) return [];
    const { variables } = system.ports.find((port) => port.name === name)!;
    const isBit = type.format.kind === 'bit';
    return [{ variables, interval: formatInterval(type.format), isBit }];
  });
}

type Honest = (variable: Variable) => bigint;

/** One bit is turned, or two bits that differ change places. */
function turnsOf(variables: readonly Variable[], honest: Honest): Overrides[] {
  const zeros = variables.filter((variable) => honest(variable) === 0n);
  const ones = variables.filter((variable) => honest(variable) === 1n);
  const pairs = zeros.slice(0, mostOfEach).flatMap((zero) =>
    ones.slice(0, mostOfEach).map(
      (one): Overrides =>
        new Map([
          [zero, 1n],
          [one, 0n],
        ]),
    ),
  );
  return [...variables.map((each): Overrides => new Map([[each, 1n - honest(each)]])), ...pairs];
}

const mostOfEach = 6;

/** All bits are 0, or 1. */
const levels = (variables: readonly Variable[]): Overrides[] =>
  [0n, 1n].map((bit) => new Map(variables.map((variable) => [variable, bit])));

/** Small tensors may hold thresholds: other values for each of their numbers. */
function balancesOf({ variables, interval, isBit }: Input, honest: Honest): Overrides[] {
  if (isBit || variables.length > mostBalances) return [];
  const { low, high } = interval;
  const steps = Array.from({ length: bitLength(high - low) }, (_, s) => 1n << BigInt(s));
  return variables.flatMap((variable) => {
    const x = honest(variable);
    return [low, high, ...steps.flatMap((step) => [x + step, x - step])]
      .filter((value) => value >= low && value <= high)
      .map((value): Overrides => new Map([[variable, canonical(value)]]));
  });
}

const mostBalances = 4;

function* paired(
  turned: readonly Overrides[],
  balances: readonly Overrides[],
  seed: number,
): Generator<Overrides> {
  const pairs = turned.flatMap((_, i) => balances.map((__, k) => [i, k] as const));
  for (const [i, k] of shuffled(pairs, seed)) yield new Map([...turned[i]!, ...balances[k]!]);
}

/** Numbers move by up to a 16th of themselves: all of them, or one. */
function* moves(inputs: readonly Input[], honest: Honest, seed: number): Generator<Overrides> {
  const numbers = inputs.filter(({ isBit }) => !isBit);
  const all = numbers.flatMap(({ variables, interval }) =>
    variables.map((variable) => ({ variable, interval })),
  );
  const order = shuffled([...all.keys()], seed);
  for (const [turn, chosen] of order.entries()) {
    const moved = (
      { variable, interval }: (typeof all)[number],
      by: number,
    ): [Variable, bigint] => {
      const x = honest(variable);
      const reach = ((x < 0n ? -x : x) >> 4n) + 8n;
      const next = x + (reach * BigInt(by)) / 8n;
      const { low, high } = interval;
      return [variable, canonical(next < low ? low : next > high ? high : next)];
    };
    const steps = [1, -1, 3, -5, 8, -8, 5, -3];
    yield new Map([moved(all[chosen]!, steps[turn % steps.length]!)]);
    yield new Map(all.map((each, i) => moved(each, steps[(i + turn + seed) % steps.length]!)));
  }
}

function* alternated(kinds: readonly Iterable<Overrides>[]): Generator<Overrides> {
  let open = kinds.map((each) => each[Symbol.iterator]());
  while (open.length > 0) {
    const next = open.map((each) => [each, each.next()] as const);
    open = next.flatMap(([each, { done }]) => (done ? [] : [each]));
    for (const [, { done, value }] of next) if (!done) yield value;
  }
}
