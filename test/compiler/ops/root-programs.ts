// Random equations that have one root: quotients, square roots, reciprocal roots and cubics.
import fc from 'fast-check';
import { q, u, type FixedFormat } from '../../../compiler/ir/format.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import type { Shape } from '../../../compiler/ir/shape.ts';
import { exposing, type Author } from './author.ts';

interface Draw {
  /** Bits and fraction of the arguments. */
  readonly bits: number;
  readonly fraction: number;
  /** Fraction of the root. */
  readonly to: number;
  readonly shape: Shape;
}

interface Equation {
  readonly coefficients: readonly number[];
  readonly to: FixedFormat;
  /** The lower end of the box; that of the format where it is left out. */
  readonly low?: bigint;
}

const number = (a: Author, value: bigint): number =>
  a.line('constant', [], { values: [value], format: q(3, 0), shape: [] });

/** A tensor that is at least one last place. */
function positive(a: Author, { bits, fraction, shape }: Draw): number {
  const last = a.line('constant', [], { values: [1n], format: u(1, fraction), shape: [] });
  return a.line('add', [a.input(u(bits, fraction), shape), last]);
}

/** b x = a. */
const quotient = (a: Author, draw: Draw): Equation => ({
  coefficients: [a.input(q(draw.bits, draw.fraction), draw.shape), positive(a, draw)],
  to: q(draw.bits + draw.to + draw.fraction + 2, draw.to),
});

/** x² = v. */
const squareRoot = (a: Author, { bits, fraction, to, shape }: Draw): Equation => {
  const v = a.input(u(bits, fraction), shape);
  const negative = a.line('scale', [v], { factor: -1n, fraction });
  return {
    coefficients: [negative, number(a, 0n), number(a, 1n)],
    to: u(bits + to + 1, to),
  };
};

/** v x² = 1. */
const reciprocalRoot = (a: Author, draw: Draw): Equation => {
  const to = draw.to + draw.bits;
  return {
    coefficients: [number(a, -1n), number(a, 0n), positive(a, draw)],
    to: u(to + draw.fraction + 1, to),
    low: 1n,
  };
};

/** b x + c x³ = a. */
const cubic = (a: Author, draw: Draw): Equation => ({
  coefficients: [
    a.input(q(draw.bits, draw.fraction), draw.shape),
    positive(a, draw),
    number(a, 0n),
    a.input(u(3, 1), []),
  ],
  to: q(draw.bits + draw.to + draw.fraction + 2, draw.to),
});

const draws = (most: number): fc.Arbitrary<Draw> =>
  fc.record({
    bits: fc.integer({ min: 2, max: most }),
    fraction: fc.integer({ min: 0, max: 6 }),
    to: fc.integer({ min: 0, max: 8 }),
    shape: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
  });

function equation(
  write: (a: Author, draw: Draw) => Equation,
  most: number,
  op: string,
  attributes: fc.Arbitrary<Record<string, bigint | string>>,
): fc.Arbitrary<Program> {
  return fc.tuple(draws(most), attributes).map(([draw, given]) =>
    exposing((a) => {
      const { coefficients, to, low } = write(a, draw);
      const span = 1n << BigInt(to.bits - (to.signed ? 1 : 0));
      const box = { low: low ?? (to.signed ? -span : 0n), high: span - 1n };
      return a.line(op, coefficients, { to, ...box, ...given });
    }),
  );
}

const nearest = fc.constantFrom({ rounding: 'nearest' });
const down = fc.constantFrom({ rounding: 'down' });

export const roots: fc.Arbitrary<Program> = fc.oneof(
  equation(quotient, 24, 'root', fc.oneof(nearest, down)),
  equation(squareRoot, 30, 'root', down),
  equation(reciprocalRoot, 16, 'root', fc.oneof(nearest, down)),
  equation(cubic, 12, 'root', fc.oneof(nearest, down)),
);

/** From 1 unit of the equation's last place up to many: the honest prover needs as much as half a step of the root. */
const tolerances = fc
  .integer({ min: 40, max: 60 })
  .map((bits) => ({ tolerance: 1n << BigInt(bits) }));

export const nearRoots: fc.Arbitrary<Program> = fc.oneof(
  equation(quotient, 24, 'near-root', tolerances),
  equation(cubic, 10, 'near-root', tolerances),
);
