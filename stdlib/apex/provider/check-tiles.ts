// How the proved blocks of a bundle are dealt out to tiles of the size that its header names. A size by which the verifier has much more
// to do than by those that `unlearn` chooses is refused: each circuit takes him seconds to compile, each proof milliseconds.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { deal, tileCount, type TileSet } from '../circuit/deal.ts';
import type { TileKind } from '../circuit/layout.ts';
import { largestLog, smallestLog } from '../circuit/tile-size.ts';
import type { StepSpec } from '../step/index.ts';
import { refuse } from './refused.ts';

/**
 * The most tiles and circuits, by those of the smallest size that `unlearn` chooses and every block fits. Larger tiles are fewer. Tiles
 * of half that size are about twice as many; the constant admits smaller ones where there are few blocks.
 */
export const mostTiles = (usual: number): number => 2 * usual + 8;
export const mostCircuits = (usual: number): number => 2 * usual + 4;

/** Refuses `bad-coverage`. */
export function checkTiles<S>(
  spec: StepSpec,
  shapes: readonly S[],
  { log, tiles }: { readonly log: number; readonly tiles: number },
  kind: TileKind<S>,
): TileSet<S>[] {
  const sets = dealt(spec, shapes, log, kind);
  if (typeof sets === 'string') return refuse('bad-coverage', sets);
  if (tileCount(sets) !== tiles)
    refuse('bad-coverage', `${tiles} tiles, where ${tileCount(sets)} are expected`);
  const usual = usualTiles(spec, shapes, kind);
  const most = { tiles: mostTiles(tileCount(usual)), circuits: mostCircuits(usual.length) };
  if (tiles > most.tiles || sets.length > most.circuits)
    refuse(
      'bad-coverage',
      `${tiles} tiles of ${sets.length} circuits, where ${most.tiles} of ${most.circuits} are allowed: tiles of 2^${log} rows are too small`,
    );
  return sets;
}

function usualTiles<S>(spec: StepSpec, shapes: readonly S[], kind: TileKind<S>): TileSet<S>[] {
  for (let log = smallestLog; log <= largestLog; log++) {
    const sets = dealt(spec, shapes, log, kind);
    if (typeof sets !== 'string') return sets;
  }
  return [];
}

/** Or why they cannot be dealt out. */
function dealt<S>(
  spec: StepSpec,
  shapes: readonly S[],
  log: number,
  kind: TileKind<S>,
): TileSet<S>[] | string {
  try {
    return deal(spec, shapes, log, kind);
  } catch (error) {
    if (isLetheError(error)) return error.diagnostics[0]!.message;
    throw error;
  }
}
