// Circuits that can leave out one assertion, each with its specification.
import type { LawOptions, Specification } from '../../../../compiler/testing/index.ts';
import {
  assert,
  bit,
  circuit,
  defineHint,
  q,
  tensor,
  u,
  type AnyCircuit,
} from '../../../../dsl/index.ts';
import * as mask from './mask.ts';

export interface Case {
  readonly name: string;
  /** `asserted`: with the assertion that the broken twin lacks. */
  readonly build: (asserted: boolean) => AnyCircuit;
  readonly options: LawOptions;
}

const hint = (name: string, of: (...args: readonly Float64Array[]) => readonly number[]): string =>
  defineHint(`specified-${name}`, (args) => Float64Array.from(of(...args)));

const oneHot = hint('one-hot', (x) =>
  [...x].map((_, i) => Number(i === x.indexOf(Math.max(...x)))),
);
const positive = hint('relu', (z) => [...z].map((value) => Math.max(0, value)));
const quotient = hint('quotient', (a, b) => [...a].map((value, i) => value / b[i]!));
const inverseRoot = hint('inverse-root', (v) => [...v].map((value) => 1 / Math.sqrt(value)));
const sign = hint('sign', (x) => [...x].map((value) => Number(value >= 0)));
const rest = hint('rest', (x) => [...x].map((value) => (value >= 0 ? value : value + 8)));

const largest: Case = {
  name: 'a maximum that is not asserted',
  build: (asserted) =>
    circuit('largest', { n: 3 }, (c, { n }) => {
      const x = c.secret('x', q(8, 4), [n]);
      const hot = c.advice(oneHot, [x], bit, [n]);
      assert`sum[k] ${hot}[k] == 1`;
      const best = tensor`m = sum[k] ${hot}[k] * ${x}[k]`;
      if (asserted) assert`${best} - ${x}[k] >= 0`;
      best.expose('largest');
    }),
  options: {
    spec: (({ x }) => ({ largest: [Math.max(...x)] })) satisfies Specification<'x'>,
    within: 0,
  },
};

const relu: Case = {
  name: 'a ReLU without its product',
  build: (asserted) =>
    circuit('relu', { n: 2 }, (c, { n }) => {
      const z = c.secret('z', q(8, 4), [n]);
      const y = c.advice(positive, [z], u(7, 4), [n]);
      assert`${y}[i] - ${z}[i] >= 0`;
      if (asserted) assert`${y}[i] * ${y}[i] - ${y}[i] * ${z}[i] == 0`;
      y.expose('y');
    }),
  options: {
    spec: (({ z }) => ({ y: z.map((value) => Math.max(0, value)) })) satisfies Specification<'z'>,
    within: 0,
  },
};

const damping: Case = {
  name: 'a damping whose quotient is not asserted',
  build: (asserted) =>
    circuit('damping', { n: 2 }, (c, { n }) => {
      const weights = c.secret('weights', q(10, 6), [n]);
      const forget = c.secret('forget', u(6, 4), [n]).add(1);
      const all = c.secret('all', u(6, 6), [n]);
      const factor = c.advice(quotient, [all, forget], u(12, 12), [n], { within: 2 ** -9 });
      const off = tensor`r[i] = ${factor}[i] * ${forget}[i] - ${all}[i]`;
      if (asserted) off.assertWithin({ low: -(2 ** -9), high: 2 ** -9 });
      tensor`d[i] = ${weights}[i] * ${factor}[i]`.expose('damped');
    }),
  options: {
    spec: (({ weights, forget, all }) => ({
      damped: weights.map((weight, i) => (weight * all[i]!) / (forget[i]! + 1)),
    })) satisfies Specification<'weights' | 'forget' | 'all'>,
    within: { damped: 8 * 2 ** -9 },
  },
};

const norm: Case = {
  name: 'a norm without its root',
  build: (asserted) =>
    circuit('norm', { width: 2 }, (c, { width }) => {
      const x = c.secret('x', q(7, 4), [width]);
      const mean = tensor`v = sum[i] ${x}[i] * ${x}[i]`.scale(1 / width, { fraction: 10 });
      const v = mean.add(0.25);
      const r = c.advice(inverseRoot, [v], u(14, 12), [], { within: 2 ** -8 });
      const off = tensor`e = ${r} * ${r} * ${v}`;
      if (asserted) off.assertWithin({ low: 1 - 2 ** -8, high: 1 + 2 ** -8 });
      tensor`y[i] = ${x}[i] * ${r}`.expose('y');
    }),
  options: {
    spec: (({ x }) => {
      const mean = x.reduce((sum, value) => sum + value ** 2, 0) / x.length;
      return { y: x.map((value) => value / Math.sqrt(mean + 0.25)) };
    }) satisfies Specification<'x'>,
    within: 2 ** -5,
  },
};

const clip: Case = {
  name: 'a comparison whose bits are free',
  build: (asserted) =>
    circuit('clip', { n: 2 }, (c, { n }) => {
      const g = c.secret('g', q(7, 4), [n]);
      const above = g.sub(1);
      const over = c.advice(sign, [above], bit, [n]);
      const low = c.advice(rest, [above], u(7, 4), [n]);
      const apart = above
        .add(8)
        .sub(over.scale(8, { fraction: 0 }))
        .sub(low);
      if (asserted) apart.assertZero();
      else low.assertWithin({ low: 0, high: 8 });
      over.select(1, g).expose('clipped');
    }),
  options: {
    spec: (({ g }) => ({
      clipped: g.map((value) => Math.min(1, value)),
    })) satisfies Specification<'g'>,
    within: 0,
  },
};

const maskCase = (name: string, left: 'sum' | 'order'): Case => ({
  name,
  build: (asserted) =>
    circuit('mask', { n: 4, k: 2 }, (c, { n, k }) => {
      const scores = c.secret('scores', q(8, 4), [n]);
      const kept = c.public('mask', bit, [n]);
      if (asserted || left !== 'sum') assert`sum[i] ${kept}[i] == ${k}`;
      const above = tensor`a[i] = ${scores}[i] - ${c.secret('threshold', q(8, 4), [])}`;
      if (asserted || left !== 'order') assert`where(${kept}[i], ${above}[i], -${above}[i]) >= 0`;
      else above.assertWithin({ low: -16, high: 16 });
    }),
  options: { spec: mask.spec, inputs: mask.inputs },
});

export const cases: readonly Case[] = [
  largest,
  relu,
  damping,
  norm,
  clip,
  maskCase('a mask without its sum', 'sum'),
  maskCase('a mask without its order', 'order'),
];
