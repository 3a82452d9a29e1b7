// What a benchmark found, as data: the JSON beside the page.
import { median, medianOf, type Measurement } from '../../compiler/bench/measurement.ts';
import type { Purpose } from '../../compiler/bench/attribution.ts';
import type { Store } from '../experiments/runner/store.ts';
import { isSkipped, type BlockRows, type SkippedRows } from './block-rows.ts';
import { bundleBytes } from './bundle-bytes.ts';
import type { CurvePoint } from './curve.ts';
import { estimatesOf, type ModelEstimate } from './estimates.ts';
import type { Machine } from './machine.ts';
import { coverage, type Coverage, type MaskCase } from './masks.ts';
import type { ProofGoal, RowsGoal, Study } from './study.ts';

export interface RowsResult {
  readonly form: string;
  readonly size: number;
  readonly mask: string;
  /** The part of all blocks that the mask touches. */
  readonly touched: number;
  /** Of a weight in scope; undefined where a block was too large to record. */
  readonly rowsPerWeight?: number;
  readonly byPurpose?: Readonly<Record<Purpose, number>>;
  readonly skipped?: string;
}

export interface PartsResult extends Pick<BlockRows, 'rows' | 'parts'> {
  readonly form: string;
  readonly size: number;
}

export interface ProofResult {
  readonly name: string;
  readonly form: string;
  readonly size: number;
  readonly blocks: number;
  readonly runs: number;
  /** Medians. */
  readonly measurement: Measurement;
  /** Core seconds of a proof, in those of the reference. */
  readonly ratio: number;
  /** On the random mask, of one layer. */
  readonly coreMillisecondsPerWeight: number;
  readonly verifyMillisecondsPerWeight: number;
  readonly bytesPerWeight: number;
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
  /** The first is the one that proofs are counted on. */
  readonly masks: readonly MaskCase[];
}

/** Reads all units. Throws when one is not finished. */
export async function collect(
  study: Study,
  store: Store,
  { machine, sources, masks }: Circumstances,
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
    const block = await store.read(goal.unit);
    for (const mask of masks) rows.push(rowsOf(goal, block, mask, coverageOf(mask, goal.size)));
    if (!isSkipped(block))
      parts.push({ form: goal.form.name, size: goal.size, rows: block.rows, parts: block.parts });
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
        coverageOf(masks[0]!, goal.proof.size),
      ),
    );
  return {
    machine,
    sources,
    masks: masks.map((mask) => ({ name: mask.name, weights: coverageOf(mask, 8).weights })),
    rows,
    parts,
    ...(reference ? { reference } : {}),
    proofs,
    curve: await readAll(study.curve),
  };
}

function rowsOf(
  { form, size }: RowsGoal,
  block: BlockRows | SkippedRows,
  mask: MaskCase,
  { weights, blocks, touched }: Coverage,
): RowsResult {
  const about = { form: form.name, size, mask: mask.name, touched: touched.length / blocks };
  if (isSkipped(block)) return { ...about, skipped: block.skipped };
  const scale = touched.length / weights;
  const byPurpose = Object.fromEntries(
    Object.entries(block.byPurpose).map(([purpose, rows]) => [purpose, rows * scale]),
  ) as Record<Purpose, number>;
  return { ...about, rowsPerWeight: block.rows * scale, byPurpose };
}

async function proofOf(
  { proof }: ProofGoal,
  tiles: readonly { blocks: number; measurement: Measurement }[],
  reference: Measurement,
  coverage: Coverage,
): Promise<ProofResult> {
  const measurement = medianOf(tiles.map((tile) => tile.measurement));
  const { blocks } = tiles[0]!;
  const { weights, touched } = coverage;
  const count = Math.ceil(touched.length / blocks);
  const { prove, witness, verify } = measurement.seconds;
  const bytes = await bundleBytes({ coverage, blocks, proofBytes: measurement.proofBytes });
  const perWeight = (seconds: number): number => (1000 * seconds * count) / weights;
  const costs = {
    coreMillisecondsPerWeight: perWeight(prove.core + witness.core),
    verifyMillisecondsPerWeight: perWeight(verify.core),
    bytesPerWeight: bytes / weights,
  };
  return {
    name: proof.name,
    form: proof.form.name,
    size: proof.size,
    blocks,
    runs: tiles.length,
    measurement,
    ratio:
      median(tiles.map((tile) => tile.measurement.seconds.prove.core)) /
      reference.seconds.prove.core,
    ...costs,
    estimates: estimatesOf({ ...costs, tilesPerWeight: count / weights }),
  };
}
