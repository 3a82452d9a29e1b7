// Why multipliers are range-checked. They are private and mean nothing, and for few masked weights no check would be
// missed: Cramer's rule makes of field elements rational numbers with the same bound. With many, numbers that are small
// modulo p are easy to find for any weights after.
import { expect, test } from 'vitest';
import { checkGates } from '../../../compiler/constraints/checker.ts';
import { solveWitness, type InputValues } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { lower, type LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { canonical, inverse, modulus } from '../../../compiler/numbers/field.ts';
import { seededUniform } from '../../../stdlib/apex/explore/seeded.ts';
import { claimCircuit, ports, stepOf } from './forms.ts';
import { nearTo, reduced } from './lattice.ts';
import { claimInputs, claimOf, maskedOf, solved } from './steps.ts';

const size = 16;
const spec = stepOf('inverse', size);
const mask = Array.from({ length: size }, (_, i) => (i === size - 1 ? 0 : 1));
const next = seededUniform(11);
const weights = mask.map(() => Math.round(20_000 * (next() - 0.5)));
const curvature = mask.flatMap((_, i) =>
  mask.slice(i).map((_, j) => (j === 0 ? 1500 : Math.round(600 * (next() - 0.5)))),
);

/** K = φ I + RᵀR in units of the last place of RᵀR. */
function matrix(): bigint[][] {
  const root = mask.map(() => new Array<bigint>(size).fill(0n));
  let at = 0;
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) root[i]![j] = BigInt(curvature[at++]!);
  const floor = 1n << BigInt(2 * fractionOf(spec.curvature) - 8);
  return mask.map((_, i) =>
    mask.map((_, j) => root.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? floor : 0n)),
  );
}

/** The solution of a regular system modulo p. */
function solveModulo(rows: readonly (readonly bigint[])[], right: readonly bigint[]): bigint[] {
  const m = rows.map((row, i) => [...row, right[i]!].map(canonical));
  m.forEach((_, k) => {
    const pivot = m.findIndex((row, i) => i >= k && row[k] !== 0n);
    [m[k], m[pivot]] = [m[pivot]!, m[k]!];
    const scale = inverse(m[k]![k]!);
    m[k] = m[k]!.map((x) => canonical(x * scale));
    m.forEach((row, i) => {
      if (i !== k) m[i] = row.map((x, j) => canonical(x - row[k]! * m[k]![j]!));
    });
  });
  return m.map((row) => row.at(-1)!);
}

test('many masked weights: without the checks any weight after would pass; with them it is refused', () => {
  const masked = maskedOf(mask);
  const last = size - 1;
  const K = matrix();
  const inner = K.slice(0, last).map((row) => row.slice(0, last));
  // x_last = c · x_S, for what Kν is on the mask.
  const c = solveModulo(inner, K[last]!.slice(0, last));
  const unit = 1n << BigInt(2 * fractionOf(spec.curvature) + 1);
  const honest = solved(spec, { weights, curvature, mask }).unlearned[last]!;
  const wanted = honest > 0 ? honest - 9000 : honest + 9000;
  const x = weights.map((weight, i) => unit * BigInt(i === last ? wanted - weight : -weight));
  // Residuals ρ with c · (x_S + ρ_S) = x_last + ρ_last modulo p.
  const gap = canonical(x[last]! - c.reduce((sum, each, i) => sum + each * x[i]!, 0n));
  const lattice = reduced([
    [...new Array<bigint>(last).fill(0n), modulus],
    ...c.map((each, i) => [...c.map((_, j) => (i === j ? 1n : 0n)), each]),
  ]);
  const target = [...new Array<bigint>(last).fill(0n), gap];
  const near = nearTo(target, lattice);
  // near = (ρ_S, c · ρ_S), and c · ρ_S is nearly the gap.
  const residuals = [...near.slice(0, last), near[last]! - gap];
  for (const each of residuals) expect(each < unit && each >= -unit).toBe(true);
  const multipliers = solveModulo(
    inner,
    x.slice(0, last).map((each, i) => each + residuals[i]!),
  );

  const unlearned = weights.map((_, i) => (i === last ? wanted : 0));
  const claim = { weights, curvature, mask, unlearned, multipliers: mask.map(() => 0) };
  const inputs = new Map(claimInputs(spec, claim, masked)).set(ports.multipliers, multipliers);
  const plain = refusals(lower(claimCircuit(spec, masked).build()), inputs);
  expect(plain.length).toBeGreaterThan(0);
  expect(plain.every((ofMultipliers) => ofMultipliers)).toBe(true);
  // In lanes, sums of products are range-checked as well.
  expect(refusals(claimOf(spec, masked), inputs).length).toBeGreaterThan(plain.length);
});

/** For each gate that refuses, whether it is there for ν: its digits, which are 0 here, and the sums that say that they are its digits. */
function refusals({ system, program }: LoweredProgram, inputs: InputValues): boolean[] {
  const line = program.lines.findIndex(
    ({ attributes }) => attributes['name'] === ports.multipliers,
  );
  const digits = system.steps
    .filter(({ advice, origin }) => advice && origin.line === line)
    .flatMap(({ outputs }) => outputs);
  const witness = solveWitness(system, inputs, new Map(digits.map((digit) => [digit, 0n])));
  return [...system.gates.keys()]
    .filter((n) => checkGates(system, witness, [n]))
    .map((n) => system.gates[n]!.origins.every((origin) => origin.line === line));
}
