// The tiles of a sample: which ones, and their proofs with what a bundle would say of each.
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { proveTiles, type ProvingEvent } from '../../../compiler/prover/pool.ts';
import type { TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import { contextOf, tileStatement } from '../circuit/tiles.ts';
import { materialBlocks, materialInputs, type Material, type Places } from './tile-material.ts';

/** `count` of the tiles, evenly, with the first and the last, which is filled up. */
export function spreadTiles(count: number, tiles: number): number[] {
  const own = Math.min(count, tiles);
  if (own === 1) return [0];
  return Array.from({ length: own }, (_, i) => Math.floor((i * (tiles - 1)) / (own - 1)));
}

/** What stands in the places of some tiles, by position among the blocks of these tiles alone. */
export function placesOfSample(
  tiles: readonly number[],
  dealt: readonly Places[],
): { sample: Map<number, Places>; positions: number[] } {
  const positions: number[] = [];
  const renumbered = (places: Places): Places =>
    places.map((place) => (place === undefined ? undefined : positions.push(place) - 1));
  const sample = new Map(tiles.map((tile) => [tile, renumbered(dealt[tile]!)]));
  return { sample, positions };
}

export interface ProvedSample {
  /** What a bundle would claim of each tile. */
  readonly claims: readonly TileClaim[];
  /** The verification key, as a prover compiled it. */
  readonly key: string | undefined;
  /** Seconds: compiling, a tile on the wall clock, a tile on all cores. */
  readonly compile: number;
  readonly prove: number;
  readonly proveCores: number;
}

export interface SampleProving {
  readonly onProving?: (event: ProvingEvent) => void;
  readonly signal?: AbortSignal;
}

/** With so many provers at once. */
export async function proveSample(
  { onProving, signal }: SampleProving,
  circuit: LoweredProgram,
  jobs: number,
  { sample, ...material }: Material & { readonly sample: ReadonlyMap<number, Places> },
): Promise<ProvedSample> {
  const { plan, layout, subject } = material;
  const claims: TileClaim[] = [];
  let [compile, prove, proveCores] = [0, 0, 0];
  const { verificationKey } = await proveTiles({
    circuit,
    tiles: sample.keys(),
    jobs,
    ...(signal === undefined ? {} : { signal }),
    inputsOf: (tile) => materialInputs(material, tile, sample.get(tile)!),
    onProof(tile, { proof }) {
      const context = contextOf(subject, tile);
      const blocks = materialBlocks(material, sample.get(tile)!);
      const statement = tileStatement(plan.step, layout, context, blocks);
      claims.push({ tile, statement, proof });
    },
    onProgress(event) {
      if (event.event === 'compiled') compile = Math.max(compile, event.seconds);
      if (event.event === 'proved') {
        prove += event.seconds / sample.size;
        proveCores += event.coreSeconds / sample.size;
      }
      onProving?.(event);
    },
  });
  return { claims, key: verificationKey, compile, prove, proveCores };
}
