// The catalogue of faults: broken circuits, each caught by the net that its file names, which points at the right op. Two rows
// no single circuit of ours can show: lookups (8), because the language has none that an author could misuse (the range
// table is reached through range checks alone), and tiles that are left out or repeated (12), which is about several proofs.
//
// Then all specimens, as far as it is cheap: they build, and the analyses say of them what is known. `npm run nets` does the rest.
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
import { cases, faults, type Case } from './benchmark.ts';
import { alarms } from './known.ts';
import type { AnalysisNet } from './specimen.ts';

/** What the net says of a circuit; building says what it throws. */
const nets: Readonly<Record<AnalysisNet, (build: () => LoweredProgram) => readonly Diagnostic[]>> =
  {
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

test.each(faults)('$row: $fault ($file)', ({ net, op, build }) => {
  const findings = nets[net](build);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings[0]!.message).toContain(op);
});

test('the same rounding with both checks passes the net', () => {
  expect(analyzeDeterminism(rounding(checked, checked)).free).toEqual([]);
});

test('every row that one circuit can show has a specimen', () => {
  const rows = new Set(faults.map(({ row }) => row));
  expect([...rows].sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 14, 15, 16, 17, 18,
  ]);
});

const isRefused = ({ answer }: Case): boolean =>
  answer.is === 'broken' && answer.nets.includes('building');

test('the specimens build, and the analyses find what they should', () => {
  const saw: Record<'refused' | 'missed' | 'reported', string[]> = {
    refused: [],
    missed: [],
    reported: [],
  };
  for (const each of cases()) {
    const { name, answer, build } = each;
    if (isRefused(each)) {
      if (nets.building(build).length > 0) saw.refused.push(name);
      continue;
    }
    const circuit = build();
    const names = (['determinism', 'assumptions'] as const).filter(
      (net) => nets[net](() => circuit).length > 0,
    );
    if (answer.is === 'right') {
      if (names.length > 0) saw.reported.push(name);
    } else if (
      names.length === 0 &&
      answer.nets.some((net) => net === 'determinism' || net === 'assumptions')
    )
      saw.missed.push(name);
  }
  const refused = cases().filter(isRefused);
  expect(saw).toEqual({ refused: refused.map(({ name }) => name), missed: [], reported: alarms });
});
