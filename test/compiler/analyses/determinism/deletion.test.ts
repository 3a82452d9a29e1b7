// A gate less: what the lost gate determined is undetermined, and nothing else takes its place.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { circuitEqualsFixed } from '../../../../compiler/testing/index.ts';
import { bit, circuit, q, u } from '../../../../dsl/index.ts';
import { inTier } from '../../../tier.ts';
import { programs } from '../../ops/programs.ts';
import { findSecondWitness, without } from './tampering.ts';

/** The numbers of the gates of some kinds, which stand for some line. */
const gatesOf = ({ system }: LoweredProgram, kinds: readonly string[], line?: number): number[] =>
  system.gates.flatMap(({ gate, origins }, number) =>
    kinds.includes(gate.kind) && (line === undefined || origins.some((o) => o.line === line))
      ? [number]
      : [],
  );

const isFree = (circuit: LoweredProgram, gate: number): boolean =>
  analyzeDeterminism(without(circuit, gate)).free.length > 0;

// Of advice and of solutions nothing is expected here, and assertions determine nothing.
const {
  advice: _,
  'assert-zero': __,
  'assert-within': ___,
  solve,
  'solve-gram': solveGram,
  ...functions
} = programs;

const samples = inTier({ quick: 1, normal: 1, full: 12 });
const mostGates = inTier({ quick: 15, normal: 20, full: 60 });

test.each(Object.entries(functions))(
  '%s: each gate that computes is missed when it is gone',
  (_, program) => {
    for (const p of fc.sample(program, { numRuns: samples, seed: 12 })) {
      const circuit = lower(p);
      for (const gate of gatesOf(circuit, ['linear', 'product', 'equal', 'poseidon']).slice(
        0,
        mostGates,
      ))
        expect(isFree(circuit, gate)).toBe(true);
    }
  },
);

test.each([
  ['solve', solve!],
  ['solve-gram', solveGram!],
])('%s: its sums are missed, with the solution given', (_, program) => {
  for (const p of fc.sample(program, { numRuns: 6, seed: 12 })) {
    const circuit = lower(p);
    for (const gate of gatesOf(circuit, ['linear']).slice(0, mostGates))
      expect(isFree(circuit, gate)).toBe(true);
  }
});

describe('rescale: a lost sum or range check lets a value move, or one in that does not fit', () => {
  test.each([
    [q(24, 12), q(12, 0)],
    [q(24, 12), q(13, 0)],
    [q(40, 20), q(24, 8)],
    [q(40, 16), q(20, 8)],
    [q(13, 3), q(10, 0)],
    [q(16, 4), bit],
    [u(20, 10), u(6, 0)],
    [q(30, 20), q(16, 6)],
    [q(70, 30), q(40, 8)],
  ])('%#', (from, to) => {
    const lowered = lower(
      circuit('rounded', {}, (c) => c.secret('x', from).rescale(to).expose('y')).build(),
    );
    const { low, high } = lowered.ranges[0]![0]!;
    const edges = Array.from({ length: from.bits }, (_, i) => 1n << BigInt(i))
      .flatMap((power) => [power, power - 1n, -power, -power - 1n, power + 1n])
      .filter((x) => x >= low && x <= high)
      .map((x) => new Map([['x', [x]]]));
    for (const gate of gatesOf(lowered, ['linear', 'range12', 'range64', 'boolean'], 1)) {
      const cut = without(lowered, gate);
      const noticed =
        analyzeDeterminism(cut).free.length > 0 ||
        edges.some((inputs) => findSecondWitness(cut, inputs) !== undefined) ||
        edges.some((inputs) => refused(() => circuitEqualsFixed(cut, inputs)));
      expect(noticed, lowered.system.gates[gate]!.gate.kind).toBe(true);
    }
  });
});

function refused(law: () => void): boolean {
  try {
    law();
    return false;
  } catch {
    return true;
  }
}

test('what is missing in a lowering is called a fault of the compiler, at its line', () => {
  const lowered = lower(
    circuit('cut', {}, (c) => c.secret('x', u(36, 12), [4]).rescale(q(25, 0)).expose('y')).build(),
  );
  const cuts = gatesOf(lowered, ['linear', 'range12', 'range64'], 1);
  const messages = cuts.flatMap((gate) => analyzeDeterminism(without(lowered, gate)).free);
  expect(messages.length).toBeGreaterThan(3);
  for (const { code, message, hint } of messages) {
    expect(code).toBe('undetermined');
    expect(message).toMatch(/^element \[\d\] of rescale: no constraint forces its value/);
    expect(hint).toContain('a fault of the compiler');
  }
});
