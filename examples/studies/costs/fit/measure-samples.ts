// Measures the samples, in units of work that are kept.
import { measure } from '../../../../compiler/profile/measure.ts';
import { medianOf, type Measurement } from '../../../../compiler/profile/measurement.ts';
import type { PlainCounts } from '../../../../compiler/profile/plain-circuit.ts';
import type { CostMeasurements } from '../../../../compiler/prover/cost/measurement.ts';
import { json } from '../../experiments/runner/codec.ts';
import type { Store } from '../../experiments/runner/store.ts';
import { unit, type Json, type Unit } from '../../experiments/runner/unit.ts';
import { work } from '../../experiments/runner/work.ts';
import { built } from '../built.ts';
import type { Machine } from '../machine.ts';
import { coldSamples, samples } from './samples.ts';

export interface MeasureSamples {
  readonly store: Store;
  readonly machine: Machine;
  readonly identity: Json;
  readonly runs: number;
  readonly report: (line: string) => void;
}

export async function measureSamples(options: MeasureSamples): Promise<CostMeasurements> {
  const { store, machine, identity, runs, report } = options;
  const unitsOf = (counts: PlainCounts, cold: boolean): Unit<Measurement>[] =>
    Array.from({ length: runs }, (_, run) => sampleUnit(counts, cold, run, identity));
  const warm = samples.map((counts) => unitsOf(counts, false));
  const cold = coldSamples.map((counts) => unitsOf(counts, true));
  const goals = [...warm, ...cold].flat().sort((a, b) => a.seconds - b.seconds);
  await work({ store, goals, report });
  const read = async (units: readonly Unit<Measurement>[]): Promise<Measurement> =>
    medianOf(await Promise.all(units.map((each) => store.read(each))));
  const circuits: CostMeasurements['circuits'][number][] = [];
  for (const [i, counts] of samples.entries()) {
    const { rows, seconds, memory } = await read(warm[i]!);
    const other = coldSamples.findIndex((each) => JSON.stringify(each) === JSON.stringify(counts));
    const without = other < 0 ? undefined : await read(cold[other]!);
    circuits.push({
      rows,
      costs: {
        prove: seconds.prove.core,
        compile: seconds.compile.core,
        load: seconds.load.core,
        memory: memory.prove,
        ...(without ? { basis: without.seconds.compile.core - seconds.compile.core } : {}),
      },
    });
  }
  return { machine: `${machine.processor}, ${machine.cores} cores`, runs, circuits };
}

const sampleUnit = (
  counts: PlainCounts,
  cold: boolean,
  run: number,
  identity: Json,
): Unit<Measurement> =>
  unit({
    kind: `${JSON.stringify(counts)}${cold ? ', no basis' : ''}`,
    title: `${counts.generic} generic rows, ${counts.range} of range checks, ${counts.permutations} permutations${cold ? ', no basis' : ''}, run ${run + 1}`,
    version: 2,
    settings: { identity, ...counts, cold, run },
    seconds: 8 + 1e-3 * (counts.generic + counts.range + 12 * counts.permutations) * (cold ? 2 : 1),
    codec: json<Measurement>(),
    run: () =>
      measure({ plain: counts }, { near: built, environment: cold ? { LETHE_CACHE: '' } : {} }),
  });
