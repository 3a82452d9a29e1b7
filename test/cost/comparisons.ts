// Each operation beside its hand-made version, at some formats and sizes: circuits with the same inputs and the same output.
import { compileCircuit } from '../../compiler/compile.ts';
import type { ConstraintSystem } from '../../compiler/constraints/system.ts';
import { countRows, totalRows } from '../../compiler/constraints/rows.ts';
import { formatInterval, renderFormat, type Format } from '../../compiler/ir/format.ts';
import { sizeOf } from '../../compiler/ir/shape.ts';
import { bitLength } from '../../compiler/numbers/interval.ts';
import { circuit, q, u, type CircuitBuilder, type Tensor } from '../../dsl/index.ts';
import type { AnyCircuit } from '../../dsl/circuit.ts';
import * as hand from './hand-made.ts';

export interface Comparison {
  /** The operation, as the table names it. */
  readonly op: string;
  /** How the other one is made. */
  readonly by: string;
  readonly size: string;
  /** Of the first input. */
  readonly elements: number;
  readonly ours: AnyCircuit;
  readonly handMade: AnyCircuit | ConstraintSystem;
}

/** Rows of the operation's circuit, and of the hand-made one. */
export const rowsOf = ({ ours, handMade }: Comparison): [ours: number, handMade: number] => {
  const rows = (each: AnyCircuit | ConstraintSystem): number =>
    totalRows(countRows('build' in each ? compileCircuit(each).system : each));
  return [rows(ours), rows(handMade)];
};

type Inputs = readonly [first: Tensor, second: Tensor];
type Build = (c: CircuitBuilder, inputs: Inputs) => Tensor;

interface Kind {
  readonly op: string;
  readonly by: string;
  readonly ours: Build;
  readonly handMade: Build;
}

/** A secret tensor, and a second one where the operation takes two. */
type Declared = readonly { readonly format: Format; readonly shape: readonly number[] }[];

function compare({ op, by, ours, handMade }: Kind, size: string, inputs: Declared): Comparison {
  const of = (name: string, build: Build): AnyCircuit =>
    circuit(name, {}, (c) => {
      const [a, b] = inputs.map(({ format, shape }, i) => c.secret(`x${i}`, format, shape));
      build(c, [a!, b ?? a!]).expose('y');
    });
  const elements = sizeOf(inputs[0]!.shape);
  return { op, by, size, elements, ours: of('ours', ours), handMade: of('hand-made', handMade) };
}

/** Elements of a circuit for an elementwise operation. */
const count = 16;
const formats = [q(16, 12), q(24, 16), q(32, 20)];
const each = (kind: Kind, operands: number): Comparison[] =>
  formats.map((format) =>
    compare(
      kind,
      renderFormat(format),
      Array.from({ length: operands }, () => ({ format, shape: [count] })),
    ),
  );

const atLeast: Kind = {
  op: '`a.atLeast(b)`',
  by: 'quotient by a power of two and its remainder',
  ours: (_, [a, b]) => a.atLeast(b),
  handMade: (c, [a, b]) => hand.atLeast(c, a, b),
};
const relu: Kind = {
  op: '`a.relu()`',
  by: 'y ≥ 0, y ≥ a, y (y − a) = 0',
  ours: (_, [a]) => a.relu(),
  handMade: (c, [a]) => hand.relu(c, a),
};
const clip: Kind = {
  op: '`a.clip({ low, high })`',
  by: 'two comparisons and two selects',
  ours: (_, [a]) => a.clip({ low: -1, high: 1 }),
  handMade: (c, [a]) => hand.clip(c, a),
};
const isZeroBySigns: Kind = {
  op: '`a.isZero()`',
  by: 'a ≥ 0 and −a ≥ 0',
  ours: (_, [a]) => a.isZero(),
  handMade: (c, [a]) => hand.isZero(c, a),
};
const isZeroByInverse = formats.map((format): Comparison => {
  const { low, high } = formatInterval(format);
  const handMade = hand.isZeroByInverse(count, low, bitLength(high - low));
  const by = 'an inverse, and constraints that force it';
  return {
    ...compare(isZeroBySigns, renderFormat(format), [{ format, shape: [count] }]),
    by,
    handMade,
  };
});
const argmax: Kind = {
  op: '`a.argmax()`, the one-hot vector',
  by: 'bits with sum 1, the maximum, and a difference for each',
  ours: (_, [a]) => a.argmax().oneHot,
  handMade: (c, [a]) => hand.argmax(c, a),
};
const topK = (k: number): Kind => ({
  op: '`a.topK(k)`',
  by: 'bits with sum k and a secret threshold',
  ours: (_, [a]) => a.topK(k),
  handMade: (c, [a]) => hand.topK(c, a, k),
});
const divFloor: Kind = {
  op: '`a.divFloor(b)`, b secret',
  by: 'quotient and remainder as advice',
  ours: (_, [a, b]) => a.divFloor(b),
  handMade: (c, [a, b]) => hand.divFloor(c, a, b),
};
const gather: Kind = {
  op: '`a.gather({ axis, index })`, 16 times',
  by: 'one-hot vectors',
  ours: (_, [a, index]) => a.gather({ axis: 0, index }),
  handMade: (c, [a, index]) => hand.gather(c, a, index),
};

export const comparisons: readonly Comparison[] = [
  ...each(atLeast, 2),
  ...each(relu, 1),
  ...each(clip, 1),
  ...each(isZeroBySigns, 1),
  ...isZeroByInverse,
  ...[4, 10, 64].map((n) => compare(argmax, `q20.8[${n}]`, [{ format: q(20, 8), shape: [n] }])),
  ...[
    [3, 8],
    [8, 64],
  ].map(([k, n]) =>
    compare(topK(k!), `k = ${k}, q24.16[${n}]`, [{ format: q(24, 16), shape: [n!] }]),
  ),
  ...[
    [24, 12],
    [36, 20],
    [48, 24],
  ].map(([a, b]) =>
    compare(divFloor, `u${a}.0 by u${b}.0`, [
      { format: u(a!, 0), shape: [count] },
      { format: u(b!, 0), shape: [count] },
    ]),
  ),
  ...[4, 10, 64].map((n) =>
    compare(gather, `q16.12[${n}]`, [
      { format: q(16, 12), shape: [n] },
      { format: u(Math.ceil(Math.log2(n)), 0), shape: [count] },
    ]),
  ),
];
