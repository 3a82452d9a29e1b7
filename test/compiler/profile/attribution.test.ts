// Every row has an op, a kind and a purpose, and they sum to what the circuit costs.
import { describe, expect, test } from 'vitest';
import { attributeRows, rowsByPurpose } from '../../../compiler/profile/attribution.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { bit, circuit, field, q, u } from '../../../dsl/index.ts';
import { commitWords } from '../../../stdlib/commitment.ts';
import { commit } from '../../../stdlib/index.ts';
import type { Layout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { makeSpec } from '../../../stdlib/apex/step/index.ts';

/** So many blocks, of two shapes from three on. */
const layoutOf = (blocks: number): Layout =>
  blocks < 3
    ? [{ shape: [4], blocks }]
    : [
        { shape: [4], blocks: 1 },
        { shape: [4, 8, 8], blocks: blocks - 1 },
      ];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe.each([24, 20])('a tile with weights of %i bits', (weightBits) => {
  const spec = makeSpec({ size: 8, weightBits, weightRange: 4 });
  test.each([1, 2, 3, 5])('%i blocks: the parts sum to all rows', (blocks) => {
    const lowered = compileCircuit(tileCircuit(spec, layoutOf(blocks)));
    const attribution = attributeRows(lowered);
    expect(attribution.rows).toBe(totalRows(countRows(lowered.system)));
    expect(sum(attribution.parts.map(({ rows }) => rows))).toBe(attribution.rows);
    expect(sum(Object.values(rowsByPurpose(attribution)))).toBe(attribution.rows);
    expect(attribution.parts.every(({ rows }) => rows > 0)).toBe(true);
  });

  test('rows of no line are constants and the half row that fills up', () => {
    const lowered = compileCircuit(tileCircuit(spec, layoutOf(3)));
    const constants = new Set(
      lowered.system.gates.flatMap(({ gate }) => (gate.kind === 'constant' ? [gate.value] : [])),
    ).add(0n);
    const rest = attributeRows(lowered).parts.find(({ op }) => op === 'circuit')!;
    expect([constants.size / 2, (constants.size + 1) / 2]).toContain(rest.rows);
  });
});

const partsOf = (build: Parameters<typeof circuit>[2]): string[] =>
  attributeRows(compileCircuit(circuit('probe', {}, build))).parts.map(
    ({ op, kind, purpose, rows }) => `${op} ${kind} ${purpose} ${rows}`,
  );

test('a commitment: lanes are opening, permutations hashing, limbs range checks', () => {
  const parts = partsOf((c) => {
    const salts = c.secret('salts', field, [1, 1]);
    commit(c.secret('x', q(12, 0), [1, 4]), { salts }).expose('digest');
  });
  expect(parts).toContain('input range12 range 1');
  expect(parts.some((part) => part.startsWith('hash poseidon hashing'))).toBe(true);
  expect(parts.some((part) => part.startsWith('hash linear opening'))).toBe(true);
  expect(parts).toContain('expose public linking 1');
});

test('a narrow limb: its shifted copy belongs to the range check, the sum does not', () => {
  const parts = partsOf((c) => {
    const x = c.secret('x', q(12, 4), [4]);
    x.mul(x).rescale(q(20, 4)).expose('y');
  });
  const linear = (purpose: string): string[] =>
    parts.filter((part) => part.startsWith(`rescale linear ${purpose}`));
  // The remainder has 4 bits: one copy of half a row for each of the four, at least.
  expect(Number(linear('range')[0]!.split(' ').at(-1))).toBeGreaterThanOrEqual(2);
  expect(linear('arithmetic').length).toBe(1);
  expect(parts).toContain('mul product arithmetic 2');
});

test('words: their range checks show what is unpacked, packing them opens, compressing them hashes', () => {
  const parts = partsOf((c) => {
    const words = c.secret('words', u(64, 0), [1, 3]);
    words.unpack({ format: q(24, 0), length: 6 }).expose('numbers');
    commitWords(words).expose('digest');
  });
  const of = (op: string): string[] => parts.filter((part) => part.startsWith(`${op} `));
  expect(of('input')).toEqual(['input range64 range 3']);
  expect(of('compress')).toContain('compress poseidon hashing 12');
  expect(of('pack').every((part) => part.startsWith('pack linear opening'))).toBe(true);
  expect(of('unpack')).toEqual([]);
});

test('bits of a mask are range checks, its values linking', () => {
  const parts = partsOf((c) => {
    c.public('mask', bit, [4]).select(1, 0).sum({ axis: 0 }).expose('count');
  });
  expect(parts).toContain('input boolean range 2');
  expect(parts).toContain('input public linking 4');
});

test('what links an input of 24 bits to its limbs belongs to its range check', () => {
  const parts = partsOf((c) => {
    c.secret('x', q(24, 0), [4]).expose('y');
  });
  expect(
    parts.filter((part) => part.startsWith('input')).every((part) => / range /.test(part)),
  ).toBe(true);
  expect(parts.some((part) => part.startsWith('input linear range'))).toBe(true);
});
