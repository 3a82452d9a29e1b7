// Random programs that this target can write.
import fc from 'fast-check';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import type { Program } from '../../../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { noirOps } from '../../../../compiler/targets/noir/ops/index.ts';
import { sourceOf } from '../../../../compiler/targets/noir/source.ts';
import { arbitraryProgram } from '../../../../compiler/testing/index.ts';
import { programs } from '../../ops/programs.ts';

/** The first `count` that neither the range analysis nor the target turns down. */
function some(arbitrary: fc.Arbitrary<Program>, count: number, seed: number): LoweredProgram[] {
  const found: LoweredProgram[] = [];
  for (const program of fc.sample(arbitrary, { numRuns: 8 * count, seed }))
    try {
      const circuit = lower(program);
      sourceOf(circuit);
      if (found.push(circuit) === count) break;
    } catch (error) {
      if (!isLetheError(error)) throw error;
    }
  return found;
}

export interface Counts {
  readonly perOp: number;
  readonly random: number;
  readonly seed: number;
}

/** Programs for every op by its name, and programs over all of them. */
export const supportedPrograms = ({
  perOp,
  random,
  seed,
}: Counts): [string, LoweredProgram[]][] => [
  ...[...noirOps.keys()].map((op): [string, LoweredProgram[]] => [
    op,
    some(programs[op]!, perOp, seed),
  ]),
  ['all ops', some(arbitraryProgram({ lines: 6 }), random, seed)],
  ['wide formats', some(arbitraryProgram({ lines: 3, bits: 252 }), perOp, seed)],
];
