// Broken circuits, each caught by the net that its file names, which points at the right op. Two rows of the catalogue
// no single circuit of ours can show: lookups (8), because the language has none that an author could misuse (the range
// table is reached through range checks alone), and tiles that are left out or repeated (12), which is about several proofs.
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  analyzeAssumptions,
  openAssumptions,
} from '../../compiler/analyses/assumptions/assumptions.ts';
import { boundElements } from '../../compiler/analyses/commitments/bound.ts';
import { findUnhidden } from '../../compiler/analyses/commitments/hiding.ts';
import { findPartlyBound } from '../../compiler/analyses/commitments/unbound.ts';
import { analyzeDeterminism } from '../../compiler/analyses/determinism/report.ts';
import { isLetheError, type Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { checked, rounding } from './rounding.ts';
import type { Specimen } from './specimen.ts';

const folder = new URL('./faults/', import.meta.url);
const files = (await readdir(folder)).sort();
const specimens = await Promise.all(
  files.map(async (file) => {
    const { default: specimen } = (await import(new URL(file, folder).href)) as {
      default: Specimen;
    };
    return { file, ...specimen };
  }),
);

/** What the net says of a circuit; building says what it throws. */
const nets: Readonly<
  Record<Specimen['net'], (build: () => LoweredProgram) => readonly Diagnostic[]>
> = {
  building(build) {
    try {
      build();
      return [];
    } catch (error) {
      if (isLetheError(error)) return error.diagnostics;
      throw error;
    }
  },
  determinism: (build) => analyzeDeterminism(build()).free,
  hiding: (build) => findUnhidden(build()),
  assumptions(build) {
    const circuit = build();
    return openAssumptions(analyzeAssumptions(circuit), circuit.program);
  },
  binding(build) {
    const circuit = build();
    return findPartlyBound(circuit.program, boundElements(circuit));
  },
};

test.each(specimens)('$row: $fault ($file)', ({ net, op, build }) => {
  const findings = nets[net](build);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings[0]!.message).toContain(op);
});

test('the same rounding with both checks passes the net', () => {
  expect(analyzeDeterminism(rounding(checked, checked)).free).toEqual([]);
});

test('every row that one circuit can show has a specimen', () => {
  const rows = new Set(specimens.map(({ row }) => row));
  expect([...rows].sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 14, 15, 16, 17, 18,
  ]);
});
