// The tools of an attacker who controls the client's code: bundles as data, the library's own writer, and the client's key.
import { readFile, writeFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import type { BundleHeader } from '../../../stdlib/apex/bundle/header.ts';
import { Bundle } from '../../../stdlib/apex/bundle/read.ts';
import { writeBundle } from '../../../stdlib/apex/bundle/write.ts';
import { deal, tileCount, type TileSet } from '../../../stdlib/apex/circuit/deal.ts';
import { shapeOf } from '../../../stdlib/apex/circuit/layout.ts';
import type { PublicBlock } from '../../../stdlib/apex/circuit/statement.ts';
import { prepareAnswer, type PreparedAnswer } from '../../../stdlib/apex/client/answer.ts';
import { Holdings } from '../../../stdlib/apex/client/holdings.ts';
import { openQuestion } from '../../../stdlib/apex/client/question.ts';
import { clientKey } from '../../../stdlib/apex/client/state.ts';
import { Elements } from '../../../stdlib/apex/commitments/elements.ts';
import { buildTree, openLeaves } from '../../../stdlib/apex/commitments/tree.ts';
import type { LiveBlock } from '../../../stdlib/apex/documents/history.ts';
import type { State, VerifiedBundle, Window } from '../../../stdlib/apex/index.ts';
import { proofOfNothing } from '../../../examples/studies/costs/refusals/proof-of-nothing.ts';
import type { World } from './fixture.ts';

export { proofOfNothing };

export interface Forged {
  readonly header: BundleHeader;
  readonly siblings: readonly bigint[];
  /** At the live positions of the proved blocks. */
  readonly leaves: readonly bigint[];
  /** For the proved blocks. */
  readonly commitments: readonly bigint[];
  /** For the blocks that keep theirs, by index among all blocks. */
  readonly kept: ReadonlyMap<number, bigint>;
  /** One for each tile. */
  readonly proofs: readonly Uint8Array[];
  readonly key: KeyObject;
}

/** The claim of an honest client. */
export interface Draft {
  readonly forged: Forged;
  readonly blocks: readonly LiveBlock[];
  /** Indices of the proved blocks among all. */
  readonly proved: readonly number[];
  readonly answer: PreparedAnswer;
  readonly sets: readonly TileSet[];
}

/** Rows of a tile in these tests: several tiles for a few blocks. */
export const smallLog = 9;

/** An honest bundle but for its proofs, which are of nothing. No proof is made, and the state stays as it is. */
export async function draft(
  state: State,
  window: Window,
  { log = smallLog, anew = false } = {},
): Promise<Draft> {
  const { plan } = state;
  const question = await openQuestion({ folder: state.folder, window, anew });
  const { blocks, kept } = question;
  const holdings = await Holdings.open(state);
  try {
    const folder = `${question.folder}-draft`;
    const answer = await prepareAnswer(folder, plan, blocks, holdings, kept, () => undefined);
    const proved = blocks.flatMap((_, i) => (kept?.unchanged.has(i) ? [] : [i]));
    const shapes = proved.map((i) => shapeOf(plan.step.size, blocks[i]!.live));
    const sets = deal(plan.step, shapes, log);
    const positions = proved.flatMap((i) => {
      const first = holdings.firstPosition(blocks[i]!.number);
      return blocks[i]!.live.map((entry) => first + entry);
    });
    const leaves: bigint[] = [];
    for (const position of positions) leaves.push(await holdings.leaf(position));
    const opens = plan.keeps === 'root';
    const siblings = opens ? await openLeaves(holdings.tree(), positions) : [];
    const tiles = tileCount(sets);
    const header: BundleHeader = {
      ...question.subject,
      log,
      kept: kept?.root ?? null,
      after: (await buildTree(answer.commitments)).root,
      proved: proved.length,
      tiles,
      siblings: siblings.length,
    };
    const forged: Forged = {
      header,
      siblings,
      leaves: opens ? leaves : [],
      commitments: proved.map((i) => answer.commitments.get(i)),
      kept: new Map([...(kept?.unchanged.keys() ?? [])].map((i) => [i, answer.commitments.get(i)])),
      proofs: Array.from({ length: tiles }, () => proofOfNothing),
      key: await clientKey(state),
    };
    return { forged, blocks, proved, answer, sets };
  } finally {
    await holdings.close();
  }
}

/** With the root after that its commitments give, those that are kept included. */
export async function rooted(forged: Forged): Promise<Forged> {
  const all = new Map(forged.kept);
  let next = 0;
  for (const commitment of forged.commitments) {
    while (all.has(next)) next++;
    all.set(next++, commitment);
  }
  const ordered = [...all].sort(([a], [b]) => a - b).map(([, each]) => each);
  const { root } = await buildTree(Elements.from(ordered));
  return withHeader(forged, { after: root });
}

export const withHeader = (forged: Forged, change: Partial<BundleHeader>): Forged => ({
  ...forged,
  header: { ...forged.header, ...change },
});

/** A list with another element at a place. */
export const replacedAt = <T>(list: readonly T[], at: number, element: T): T[] =>
  list.map((each, i) => (i === at ? element : each));

export const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.map((each, i) => (i === a ? list[b]! : i === b ? list[a]! : each));

/** As `unlearn` writes it. */
export async function save(file: string, forged: Forged): Promise<void> {
  await writeBundle(file, {
    ...forged,
    proof: async (tile) => forged.proofs[tile] ?? new Uint8Array(0),
  });
}

/** The bundle of a file, of a window that the draft is of. */
export async function load(file: string, { forged, proved, blocks, sets }: Draft): Promise<Forged> {
  const bundle = await Bundle.open(file);
  try {
    const opens = forged.siblings.length > 0;
    const leaves = proved.reduce((sum, i) => sum + blocks[i]!.live.length, 0);
    const body = bundle.body({
      siblings: bundle.header.siblings,
      leaves: opens ? leaves : 0,
      proved: proved.length,
      tiles: tileCount(sets),
    });
    const proofs: Uint8Array[] = [];
    for await (const proof of body.proofs()) proofs.push(Uint8Array.from(proof));
    return {
      ...forged,
      header: bundle.header,
      siblings: (await body.siblings()).all(),
      leaves: (await body.leaves()).all(),
      commitments: (await body.commitments()).all(),
      proofs,
    };
  } finally {
    await bundle.close();
  }
}

/** The public blocks of a bundle that opens its leaves. */
export function publicBlocks(
  state: State,
  { blocks, proved }: Draft,
  forged: Forged,
): PublicBlock[] {
  let at = 0;
  return proved.map((i, place) => {
    const shape = shapeOf(state.plan.step.size, blocks[i]!.live);
    const leaves = shape.map(() => forged.leaves[at++]!);
    return { shape, leaves, commitment: forged.commitments[place]! };
  });
}

/** Judges a bundle in the books of a world. */
export async function judge(world: World, bundle: Forged | Uint8Array): Promise<VerifiedBundle> {
  const file = world.path('judged.apex');
  if (bundle instanceof Uint8Array) await writeFile(file, bundle);
  else await save(file, bundle);
  return world.verify(file);
}

/** Thrown where a verifier asks for the first verification key: nothing was wrong before the proofs. */
class ReachedProofs extends Error {}

/** Why it is refused before a proof is looked at; `none` where it is not. No key is made, and then nothing is entered in the books. */
export async function reasonBeforeProofs(world: World, forged: Forged): Promise<string> {
  const file = world.path('judged.apex');
  await save(file, forged);
  const stop = () => Promise.reject(new ReachedProofs());
  try {
    const { reason } = await world.verify(file, { keys: { read: stop, write: stop } });
    return reason?.code ?? 'accepted';
  } catch (error) {
    if (error instanceof ReachedProofs) return 'none';
    throw error;
  }
}

/** Why it is refused. */
export const reasonFor = async (world: World, bundle: Forged | Uint8Array): Promise<string> =>
  (await judge(world, bundle)).reason?.code ?? 'accepted';

export const bytesOf = async (world: World, forged: Forged): Promise<Uint8Array> => {
  const file = world.path('drafted.apex');
  await save(file, forged);
  return readFile(file);
};
