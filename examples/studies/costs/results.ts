// What a benchmark found, as data: the JSON beside the page.
import {
  furtherProof,
  median,
  medianOf,
  type Measurement,
} from '../../../compiler/profile/measurement.ts';
import type { Purpose } from '../../../compiler/profile/attribution.ts';
import type { Store } from '../experiments/runner/store.ts';
import type { Keeps } from '../../../stdlib/apex/index.ts';
import { bundleBytes } from './bundle-bytes.ts';
import type { OpeningSeconds } from './openings.ts';
import type { CurvePoint } from './curve.ts';
import { estimatesOf, type ModelEstimate } from './estimates.ts';
import type { Machine } from './machine.ts';
import type { MaskRows } from './mask-rows.ts';
import { coverage, type Coverage, type MaskCase } from './masks.ts';
import type { MeasuredTile, ProofGoal, RowsGoal, Study } from './study.ts';

export interface RowsResult extends Pick<MaskRows, 'tiles' | 'circuits' | 'empty'> {
  /** For a block. */
  readonly size: number;
  readonly mask: string;
  /** The part of all blocks that the mask touches. */
  readonly touched: number;
  /** For a weight in scope. */
  readonly rowsPerWeight: number;
  readonly byPurpose: Readonly<Record<Purpose, number>>;
}

/** Of a touched block. */
export interface PartsResult extends Pick<MaskRows, 'rows' | 'parts'> {
  readonly size: number;
  readonly mask: string;
}

export interface ProofResult {
  readonly name: string;
  readonly size: number;
  /** Places for blocks in a tile, and tiles that the random mask takes. */
  readonly blocks: number;
  readonly tiles: number;
  readonly runs: number;
  /** Medians. */
  readonly measurement: Measurement;
  /** Core seconds of a proof, in those of the reference. */
  readonly ratio: number;
  /** On the random mask, of one layer. */
  readonly coreMillisecondsPerWeight: number;
  /** Each further proof of a batch, and the hashing; by what the provider keeps of commitments. */
  readonly verifyMillisecondsPerWeight: Readonly<Record<Keeps, number>>;
  readonly bytesPerWeight: Readonly<Record<Keeps, number>>;
  readonly estimates: readonly ModelEstimate[];
}

export interface Results {
  readonly machine: Machine;
  /** Of the sources. */
  readonly sources: string;
  readonly masks: readonly { readonly name: string; readonly weights: number }[];
  readonly rows: readonly RowsResult[];
  readonly parts: readonly PartsResult[];
  readonly reference?: Readonly<Record<'warm' | 'cold', Measurement>>;
  readonly proofs: readonly ProofResult[];
  readonly curve: readonly CurvePoint[];
}

export interface Circumstances {
  readonly machine: Machine;
  readonly sources: string;
}

/** Reads all units. Throws when one is not finished. */
export async function collect(
  study: Study,
  store: Store,
  { machine, sources }: Circumstances,
): Promise<Results> {
  const covered = new Map<string, Coverage>();
  const coverageOf = (mask: MaskCase, size: number): Coverage => {
    const name = `${mask.name} ${size}`;
    const found = covered.get(name) ?? coverage(mask, size);
    covered.set(name, found);
    return found;
  };
  const rows: RowsResult[] = [];
  const parts: PartsResult[] = [];
  for (const goal of study.rows) {
    const { size, mask } = goal;
    const found = await store.read(goal.unit);
    rows.push(rowsOf(goal, found, coverageOf(mask, size)));
    if (mask === study.masks[0])
      parts.push({ size, mask: mask.name, rows: found.rows, parts: found.parts });
  }
  const readAll = <T>(units: readonly Parameters<typeof store.read<T>>[0][]): Promise<T[]> =>
    Promise.all(units.map((each) => store.read(each)));
  const { warm, cold } = study.reference;
  const reference =
    warm.length > 0
      ? { warm: medianOf(await readAll(warm)), cold: medianOf(await readAll(cold)) }
      : undefined;
  const proofs: ProofResult[] = [];
  for (const goal of study.proofs)
    proofs.push(
      await proofOf(
        goal,
        await readAll(goal.units),
        reference!.warm,
        await store.read(study.openings.get(goal.proof.size)!),
        coverageOf(study.masks[0]!, goal.proof.size),
      ),
    );
  return {
    machine,
    sources,
    masks: study.masks.map((mask) => ({ name: mask.name, weights: coverageOf(mask, 8).weights })),
    rows,
    parts,
    ...(reference ? { reference } : {}),
    proofs,
    curve: await readAll(study.curve),
  };
}

function rowsOf(
  { size, mask }: RowsGoal,
  { rows, byPurpose, tiles, circuits, empty }: MaskRows,
  { weights, blocks, touched }: Coverage,
): RowsResult {
  const scale = touched.length / weights;
  return {
    ...{ size, mask: mask.name, touched: touched.length / blocks, tiles, circuits, empty },
    rowsPerWeight: rows * scale,
    byPurpose: Object.fromEntries(
      Object.entries(byPurpose).map(([purpose, own]) => [purpose, own * scale]),
    ) as Record<Purpose, number>,
  };
}

async function proofOf(
  { proof }: ProofGoal,
  runs: readonly MeasuredTile[],
  reference: Measurement,
  openings: OpeningSeconds,
  coverage: Coverage,
): Promise<ProofResult> {
  const measurement = medianOf(runs.map((run) => run.measurement));
  const { blocks, tiles } = runs[0]!;
  const { weights } = coverage;
  const { prove, witness } = measurement.seconds;
  const { proofBytes } = measurement;
  const bytes = async (keeps: Keeps): Promise<number> =>
    (await bundleBytes({ coverage, tiles, proofBytes, keeps })) / weights;
  const verify = (keeps: Keeps): number =>
    (1000 * (tiles * furtherProof(measurement) + openings[keeps])) / weights;
  const costs = {
    coreMillisecondsPerWeight: (1000 * tiles * (prove.core + witness.core)) / weights,
    verifyMillisecondsPerWeight: { root: verify('root'), leaves: verify('leaves') },
    bytesPerWeight: { root: await bytes('root'), leaves: await bytes('leaves') },
  };
  return {
    name: proof.name,
    size: proof.size,
    blocks,
    tiles,
    runs: runs.length,
    measurement,
    ratio:
      median(runs.map((run) => run.measurement.seconds.prove.core)) / reference.seconds.prove.core,
    ...costs,
    estimates: estimatesOf({ ...costs, tilesPerWeight: tiles / weights }),
  };
}
