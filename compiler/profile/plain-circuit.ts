// Circuits of so many rows of each kind and nothing else: what machines are compared by, and what the cost model is fitted
// on. They are made of gates directly, so that no change of ops or of the arithmetizer moves them.
import type { ConstraintSystem } from '../constraints/system.ts';
import { Recorder } from '../constraints/recorder.ts';
import { permute } from '../numbers/poseidon.ts';

/** Whole rows, but for permutations, which take twelve each. */
export interface PlainCounts {
  readonly generic: number;
  readonly range: number;
  readonly permutations: number;
}

/** The reference of every benchmark: a full domain of 2^13 rows, three quarters of it arithmetic. Never to be changed. */
export const reference: PlainCounts = { generic: 6140, range: 2040, permutations: 0 };

/** One public value, the input `seed`; every variable follows from it. */
export function plainSystem({ generic, range, permutations }: PlainCounts): ConstraintSystem {
  const recorder = new Recorder();
  const seed = recorder.variable();
  recorder.port({ name: 'seed', direction: 'input', visibility: 'public', variables: [seed] });
  let [previous, last] = [seed, seed];
  const push = (out: number): void => {
    [previous, last] = [last, out];
  };
  // Each row is a product and a sum. A constant, the 0 of unused limbs, costs half a row of its own once.
  for (let row = 0; row < generic; row++) {
    const [left, right] = [previous, last];
    const [product] = recorder.step(1, false, (values) => [values[left]! * values[right]!]);
    recorder.gate({ kind: 'product', scale: 1n, left, right, out: product! });
    const [sum] = recorder.step(1, false, (values) => [
      3n * values[product!]! + values[left]! + 7n,
    ]);
    const terms = [
      { coefficient: 3n, variable: product! },
      { coefficient: 1n, variable: left },
    ];
    recorder.gate({ kind: 'linear', terms, constant: 7n, out: sum! });
    push(sum!);
  }
  for (let row = 0; row < range; row++) {
    const limbs = recorder.step(4, true, () =>
      [1n, 2n, 3n, 4n].map((i) => (BigInt(row) * 977n + i * 331n) & 4095n),
    ) as [number, number, number, number];
    recorder.gate({ kind: 'range12', limbs });
  }
  for (let row = 0; row < permutations; row++) {
    const input = [last, previous, seed] as const;
    const output = recorder.step(3, false, (values) =>
      permute([values[input[0]]!, values[input[1]]!, values[input[2]]!]),
    ) as [number, number, number];
    recorder.gate({ kind: 'poseidon', input, output });
    push(output[0]);
  }
  return recorder.finish();
}

/** Of its public input. */
export const plainInputs = new Map([['seed', [123456789n]]]);
