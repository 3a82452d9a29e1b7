// The work of a benchmark, in units that are computed once for a machine and a state of the sources.
import { measure, type CircuitSubject } from '../../../compiler/profile/measure.ts';
import type { Measurement } from '../../../compiler/profile/measurement.ts';
import { reference } from '../../../compiler/profile/plain-circuit.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { deal, tileCount } from '../../../stdlib/apex/circuit/deal.ts';
import { blocksOf } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { json } from '../experiments/runner/codec.ts';
import { unit, type Json, type Unit } from '../experiments/runner/unit.ts';
import { built } from './built.ts';
import { blockSizes, specOf, type ProofCase } from './cases.ts';
import { curveLogs, curvePoint, type CurvePoint } from './curve.ts';
import { maskRows, type MaskRows } from './mask-rows.ts';
import { coverage, maskDigest, type MaskCase } from './masks.ts';
import { openingSeconds, type OpeningSeconds } from './openings.ts';
import { generatedInputs } from './tile-inputs.ts';

export interface StudyOptions {
  /** What all figures depend on: machine and sources. */
  readonly identity: Json;
  /** The first is the one that proofs are of. */
  readonly masks: readonly MaskCase[];
  readonly proofs: readonly ProofCase[];
  /** Measurements of each proof. */
  readonly runs: number;
  /** Whether the curve of compiling is drawn. */
  readonly curve: boolean;
}

export interface RowsGoal {
  readonly size: number;
  readonly mask: MaskCase;
  readonly unit: Unit<MaskRows>;
}

export interface MeasuredTile {
  /** Places for blocks in the tile. */
  readonly blocks: number;
  /** That the mask takes. */
  readonly tiles: number;
  readonly measurement: Measurement;
}

export interface ProofGoal {
  readonly proof: ProofCase;
  readonly units: readonly Unit<MeasuredTile>[];
}

export interface Study {
  readonly masks: readonly MaskCase[];
  readonly rows: readonly RowsGoal[];
  readonly proofs: readonly ProofGoal[];
  /** With the Lagrange basis on the disk, and without. */
  readonly reference: Readonly<Record<'warm' | 'cold', readonly Unit<Measurement>[]>>;
  readonly curve: readonly Unit<CurvePoint>[];
  /** For each block size of the proofs, on the first mask. */
  readonly openings: ReadonlyMap<number, Unit<OpeningSeconds>>;
}

const version = 4;

export function studyOf({ identity, masks, proofs, runs, curve }: StudyOptions): Study {
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
    masks,
    rows: blockSizes.flatMap((size) =>
      masks.map((mask) => ({ size, mask, unit: rowsUnit(size, mask, identity) })),
    ),
    reference: {
      warm: proofs.length > 0 ? repeat((run) => referenceUnit('warm', run)) : [],
      cold: proofs.length > 0 ? repeat((run) => referenceUnit('cold', run)) : [],
    },
    proofs: proofs.map((proof) => ({
      proof,
      units: repeat((run) => proofUnit(proof, masks[0]!, run, identity)),
    })),
    curve: curve ? curveLogs.map((log) => curveUnit(log, identity)) : [],
    openings: new Map(
      proofs.map(({ size }) => [size, openingsUnit(size, masks[0]!, identity)] as const),
    ),
  };
}

export const goalsOf = ({ rows, proofs, reference, curve, openings }: Study): Unit<unknown>[] => [
  ...rows.map((goal) => goal.unit),
  ...curve,
  ...openings.values(),
  ...reference.cold,
  ...reference.warm,
  ...proofs.flatMap(({ units }) => units),
];

const rowsUnit = (size: number, mask: MaskCase, identity: Json): RowsGoal['unit'] =>
  unit({
    kind: `rows of ${size}`,
    title: `rows of blocks of ${size}, ${mask.name}`,
    version,
    settings: { identity, size, mask: maskDigest(mask) },
    seconds: 10 + 2 * size,
    codec: json<MaskRows>(),
    run: () => Promise.resolve(maskRows(specOf(size), coverage(mask, size).shapes)),
  });

const proofUnit = (
  proof: ProofCase,
  mask: MaskCase,
  run: number,
  identity: Json,
): Unit<MeasuredTile> =>
  unit({
    kind: proof.name,
    title: `${proof.name}, run ${run + 1}`,
    version,
    settings: { identity, proof: proof.name, mask: maskDigest(mask), run },
    seconds: 20 + 1.5e-3 * 2 ** proof.log,
    codec: json<MeasuredTile>(),
    async run() {
      const { subject, ...size } = tileSubject(proof, mask);
      return { ...size, measurement: await measure(subject, { near: built }) };
    },
  });

const openingsUnit = (size: number, mask: MaskCase, identity: Json): Unit<OpeningSeconds> =>
  unit({
    kind: `openings of ${size}`,
    title: `hashing of a verifier, blocks of ${size}`,
    version,
    settings: { identity, size, mask: maskDigest(mask) },
    seconds: 30,
    codec: json<OpeningSeconds>(),
    run: () => openingSeconds(coverage(mask, size)),
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

/** The first of the tiles that the mask is dealt to: a full one, as nearly all are. */
export function tileSubject(
  { size, log }: Omit<ProofCase, 'name'>,
  mask: MaskCase,
): { subject: CircuitSubject; blocks: number; tiles: number } {
  const spec = specOf(size);
  const { touched, shapes } = coverage(mask, size);
  const sets = deal(spec, shapes, log);
  const { layout, tiles } = sets[0]!;
  const circuit = compileCircuit(tileCircuit(spec, layout));
  const inputs = generatedInputs(
    spec,
    tiles[0]!.map((place) => touched[place]!.live),
  );
  return { subject: { circuit, inputs }, blocks: blocksOf(layout), tiles: tileCount(sets) };
}
