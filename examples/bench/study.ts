// The work of a benchmark, in units that are computed once for a machine and a state of the sources.
import { measure, type Subject } from '../../compiler/bench/measure.ts';
import type { Measurement } from '../../compiler/bench/measurement.ts';
import { reference } from '../../compiler/bench/plain-circuit.ts';
import { compileCircuit } from '../../compiler/compile.ts';
import { tileCapacity } from '../../stdlib/apex/circuit/capacity.ts';
import { tileCircuit } from '../../stdlib/apex/circuit/tile.ts';
import { json } from '../experiments/runner/codec.ts';
import { unit, type Json, type Unit } from '../experiments/runner/unit.ts';
import { blockRows, type BlockRows, type SkippedRows } from './block-rows.ts';
import { built } from './built.ts';
import { blockSizes, formCases, specOf, type FormCase, type ProofCase } from './cases.ts';
import { curveLogs, curvePoint, type CurvePoint } from './curve.ts';
import { coverage, randomMask } from './masks.ts';
import { generatedInputs } from './tile-inputs.ts';

export interface StudyOptions {
  /** What all figures depend on: machine and sources. */
  readonly identity: Json;
  readonly proofs: readonly ProofCase[];
  /** Measurements of each proof. */
  readonly runs: number;
  /** Whether the curve of compiling is drawn. */
  readonly curve: boolean;
}

export interface RowsGoal {
  readonly form: FormCase;
  readonly size: number;
  readonly unit: Unit<BlockRows | SkippedRows>;
}

export interface MeasuredTile {
  /** Of the tile. */
  readonly blocks: number;
  readonly measurement: Measurement;
}

export interface ProofGoal {
  readonly proof: ProofCase;
  readonly units: readonly Unit<MeasuredTile>[];
}

export interface Study {
  readonly rows: readonly RowsGoal[];
  readonly proofs: readonly ProofGoal[];
  /** With the Lagrange basis on the disk, and without. */
  readonly reference: Readonly<Record<'warm' | 'cold', readonly Unit<Measurement>[]>>;
  readonly curve: readonly Unit<CurvePoint>[];
}

const version = 1;

export function studyOf({ identity, proofs, runs, curve }: StudyOptions): Study {
  const repeat = <T>(make: (run: number) => Unit<T>): Unit<T>[] =>
    Array.from({ length: runs }, (_, run) => make(run));
  const referenceUnit = (kind: 'warm' | 'cold', run: number): Unit<Measurement> =>
    unit({
      kind: `reference, ${kind}`,
      title: `reference, ${kind}, run ${run + 1}`,
      version,
      settings: { identity, run },
      seconds: 20,
      codec: json<Measurement>(),
      run: () =>
        measure(
          { plain: reference },
          { near: built, environment: kind === 'cold' ? { LETHE_CACHE: '' } : {} },
        ),
    });
  return {
    rows: blockSizes.flatMap((size) =>
      formCases.flatMap((form): RowsGoal[] =>
        specOf(form, size) ? [{ form, size, unit: rowsUnit(form, size, identity) }] : [],
      ),
    ),
    reference: {
      warm: proofs.length > 0 ? repeat((run) => referenceUnit('warm', run)) : [],
      cold: proofs.length > 0 ? repeat((run) => referenceUnit('cold', run)) : [],
    },
    proofs: proofs.map((proof) => ({
      proof,
      units: repeat((run) => proofUnit(proof, run, identity)),
    })),
    curve: curve ? curveLogs.map((log) => curveUnit(log, identity)) : [],
  };
}

export const goalsOf = ({ rows, proofs, reference, curve }: Study): Unit<unknown>[] => [
  ...rows.map((goal) => goal.unit),
  ...curve,
  ...reference.cold,
  ...reference.warm,
  ...proofs.flatMap(({ units }) => units),
];

const rowsUnit = (form: FormCase, size: number, identity: Json): RowsGoal['unit'] =>
  unit({
    kind: `rows of ${size}`,
    title: `rows of ${form.name}, blocks of ${size}`,
    version,
    settings: { identity, form: form.name, size },
    seconds: size / 8,
    codec: json<BlockRows | SkippedRows>(),
    run: () => Promise.resolve(blockRows(specOf(form, size)!)),
  });

const proofUnit = (proof: ProofCase, run: number, identity: Json): Unit<MeasuredTile> =>
  unit({
    kind: proof.name,
    title: `${proof.name}, run ${run + 1}`,
    version,
    settings: { identity, proof: proof.name, run },
    seconds: 10 + 1.5e-3 * 2 ** proof.log,
    codec: json<MeasuredTile>(),
    async run() {
      const { subject, blocks } = tileSubject(proof);
      return { blocks, measurement: await measure(subject, { near: built }) };
    },
  });

const curveUnit = (log: number, identity: Json): Unit<CurvePoint> =>
  unit({
    kind: `recording 2^${log}`,
    title: `compile time of 2^${log} constraints`,
    version,
    settings: { identity, log },
    seconds: 2 ** (log - 15),
    codec: json<CurvePoint>(),
    run: () => Promise.resolve(curvePoint(log)),
  });

/** A full tile, with blocks of the random mask. */
function tileSubject({ form, size, log }: ProofCase): { subject: Subject; blocks: number } {
  const spec = specOf(form, size)!;
  const blocks = tileCapacity(spec, log);
  const { touched } = coverage(randomMask(0.04), size);
  const circuit = compileCircuit(tileCircuit(spec, blocks));
  return { subject: { circuit, inputs: generatedInputs(spec, blocks, touched) }, blocks };
}
