// What an attacker has who controls the client's code: bundles as data, and the library's own writer.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { compileCircuit } from '../../../compiler/compile.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import {
  checksumLength,
  encodeTile,
  type BundleHeader,
} from '../../../stdlib/apex/bundle/header.ts';
import { Bundle, type BundleTile } from '../../../stdlib/apex/bundle/read.ts';
import { writeBundle } from '../../../stdlib/apex/bundle/write.ts';
import { deal } from '../../../stdlib/apex/circuit/layout.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import type { BlockLeaves } from '../../../stdlib/apex/circuit/tiles.ts';
import { prepare } from '../../../stdlib/apex/client/prepare.ts';
import { readHoldings } from '../../../stdlib/apex/client/state.ts';
import {
  buildTree,
  openLeaves,
  replaceLeaves,
  rootOf,
} from '../../../stdlib/apex/commitments/tree.ts';
import { touchedBlocks } from '../../../stdlib/apex/documents/mask.ts';
import { windowDigest } from '../../../stdlib/apex/documents/window.ts';
import {
  blockCount,
  currentLeaves,
  registrationDigest,
  verifyBundle,
  type Keeps,
  type State,
  type VerifiedBundle,
  type Window,
} from '../../../stdlib/apex/index.ts';
import type { World } from './fixture.ts';

export interface Forged {
  readonly keeps: Keeps;
  readonly header: BundleHeader;
  /** For each tile the positions of its touched blocks. */
  readonly places: readonly (readonly number[])[];
  readonly siblings: readonly bigint[];
  /** Of the touched blocks, in their order. */
  readonly leaves: readonly BlockLeaves[];
  /** One for each tile. */
  readonly proofs: readonly Uint8Array[];
}

/** An honest bundle but for its proofs, which are 8,000 bytes of nothing. No proof is made. */
export async function draft(state: State, window: Window, tiles = 2): Promise<Forged> {
  const { plan, registration } = state;
  const touched = touchedBlocks(plan.scope, window.mask.bits);
  const holdings = await readHoldings(state);
  const folder = `${state.folder}/draft-${windowDigest(window).slice(0, 8)}`;
  const prepared = await prepare(folder, plan, touched, holdings, () => undefined);
  const dealt = deal(touched, tiles);
  const leaves = touched.map(({ number }, i) => ({
    before: holdings.leaves.get(number),
    after: prepared.leaves.get(i),
  }));
  const { keeps } = plan;
  const numbers = touched.map(({ number }) => number);
  const tree = await buildTree(holdings.leaves);
  const siblings = keeps === 'tree' ? [] : await openLeaves(tree, numbers);
  const header: BundleHeader = {
    plan: window.mask.plan,
    registration: registrationDigest(registration),
    window: windowDigest(window),
    root: state.root,
    circuit: systemDigest(compileCircuit(tileCircuit(plan.step, dealt.layout)).system),
    tiles,
    touched: touched.length,
    siblings: siblings.length,
    after: 0n,
    unscoped: registration.unscoped,
  };
  const proofs = Array.from({ length: tiles }, () => new Uint8Array(8000).fill(1));
  const places = placesOf(window, state, tiles);
  return rooted({ keeps, header, places, siblings, leaves, proofs }, state, window);
}

/** Where the touched blocks of a window stand in so many tiles. */
export const placesOf = (
  { mask }: Window,
  { plan }: Pick<State, 'plan'>,
  tiles: number,
): number[][] =>
  deal(touchedBlocks(plan.scope, mask.bits), tiles).tiles.map((places) =>
    places.filter((place) => place !== undefined),
  );

/** With the root after that its leaves give. */
export async function rooted(forged: Forged, state: State, { mask }: Window): Promise<Forged> {
  const { scope } = state.plan;
  const numbers = touchedBlocks(scope, mask.bits).map(({ number }) => number);
  const leaves = forged.leaves.map(({ after }) => after);
  const after =
    forged.keeps === 'tree'
      ? (await replaceLeaves(await buildTree(await currentLeaves(state)), numbers, leaves)).root
      : await rootOf(blockCount(scope), numbers, leaves, forged.siblings);
  return { ...forged, header: { ...forged.header, after } };
}

/** Replaces the commitments of one touched block. */
export const withLeaf = (forged: Forged, at: number, change: Partial<BlockLeaves>): Forged => ({
  ...forged,
  leaves: forged.leaves.map((leaf, i) => (i === at ? { ...leaf, ...change } : leaf)),
});

export const withHeader = (forged: Forged, change: Partial<BundleHeader>): Forged => ({
  ...forged,
  header: { ...forged.header, ...change },
});

/** As `unlearn` writes it. */
export async function save(
  file: string,
  { keeps, header, places, siblings, leaves, proofs }: Forged,
): Promise<void> {
  await writeBundle(file, {
    header,
    siblings,
    keeps,
    blocks: places.map(({ length }) => length),
    tile: async (tile) => {
      const all = places[tile]!.map((place) => leaves[place]!);
      const own = keeps === 'tree' ? all.map(({ after }) => ({ after })) : all;
      return encodeTile(own, proofs[tile] ?? new Uint8Array(0));
    },
  });
}

/** A bundle of a window whose tiles are known. */
export async function load(file: string, places: readonly (readonly number[])[]): Promise<Forged> {
  const bundle = await Bundle.open(file);
  try {
    const tiles: BundleTile[] = [];
    for await (const tile of bundle.tiles(
      places.map(({ length }) => length),
      'root',
    ))
      tiles.push(tile);
    const leaves: BlockLeaves[] = [];
    tiles.forEach((tile, i) =>
      tile.leaves.forEach(
        ({ before, after }, k) => (leaves[places[i]![k]!] = { before: before!, after }),
      ),
    );
    return {
      keeps: 'root',
      header: bundle.header,
      places,
      siblings: await bundle.siblings(),
      leaves,
      proofs: tiles.map(({ proof }) => proof),
    };
  } finally {
    await bundle.close();
  }
}

/** The file with its last bytes made the checksum of the others. */
export function checksummed(bytes: Uint8Array): Uint8Array {
  const content = bytes.subarray(0, Math.max(0, bytes.length - checksumLength));
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/** Judges a bundle in the books of a world. */
export async function judge(world: World, bundle: Forged | Uint8Array): Promise<VerifiedBundle> {
  const file = world.path('judged.apex');
  if (bundle instanceof Uint8Array) await writeFile(file, bundle);
  else await save(file, bundle);
  const { plan, keys, trees } = world.provider;
  return verifyBundle({ plan, keys, trees, books: world.books, file, jobs: 1 });
}

/** Why it is refused. */
export const reasonFor = async (world: World, bundle: Forged | Uint8Array): Promise<string> =>
  (await judge(world, bundle)).reason?.code ?? 'accepted';

export const bytesOf = async (world: World, forged: Forged): Promise<Uint8Array> => {
  const file = world.path('drafted.apex');
  await save(file, forged);
  return readFile(file);
};
