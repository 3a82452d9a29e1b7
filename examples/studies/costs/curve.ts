// How compiling up to the recorded constraints grows with their number: seconds of one core, by phase.
import { findInaccuracies } from '../../../compiler/analyses/accuracy.ts';
import { analyzeErrors } from '../../../compiler/meanings/error.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { runPasses } from '../../../compiler/passes/pipeline.ts';
import type { Layout } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { mainSize, specOf } from './cases.ts';

/** Powers of two. */
export const curveLogs = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

export interface CurvePoint {
  readonly log: number;
  readonly constraints: number;
  /** The author's function and the passes. */
  readonly trace: number;
  /** Ranges and error bounds. */
  readonly analyse: number;
  /** Lowering to gates. Ranges are derived once more in it. */
  readonly record: number;
}

/** Blocks with one column or two. */
const layoutOf = (blocks: number): Layout => [
  { shape: [24], blocks },
  { shape: [16, 32], blocks: Math.ceil(blocks / 2) },
];

/** A tile of about 2^log gates. */
export function curvePoint(log: number): CurvePoint {
  const spec = specOf(mainSize);
  const gates = (blocks: number): number =>
    compileCircuit(tileCircuit(spec, layoutOf(blocks))).system.gates.length;
  const blocks = Math.max(1, Math.round(2 ** log / ((gates(9) - gates(1)) / 8)));
  const timed = <T>(action: () => T): [T, number] => {
    const used = process.cpuUsage();
    const result = action();
    const { user, system } = process.cpuUsage(used);
    return [result, (user + system) / 1e6];
  };
  const [program, trace] = timed(() => runPasses(tileCircuit(spec, layoutOf(blocks)).build()));
  const [, analyse] = timed(() => {
    const ranges = analyzeRanges(program);
    return findInaccuracies(program, analyzeErrors(program, ranges));
  });
  const [{ system }, record] = timed(() => lower(program));
  return { log, constraints: system.gates.length, trace, analyse, record };
}
