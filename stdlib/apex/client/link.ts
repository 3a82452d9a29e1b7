// The link of a new registration: a proof, for the blocks that the provider's nonce draws, that its weights are those which the old one
// was left with. May be killed at any moment and begun again: what is finished stays finished.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileCircuit } from '../../../compiler/compile.ts';
import { secretFolder } from '../../../compiler/files/index.ts';
import { openJob } from '../../../compiler/prover/job.ts';
import { tileCount } from '../circuit/deal.ts';
import { smallestLog } from '../circuit/tile-size.ts';
import { elementLength } from '../commitments/elements.ts';
import { openLeaves } from '../commitments/tree.ts';
import { digestOf } from '../documents/canonical.ts';
import { challengeDigest, type Challenge } from '../documents/challenge.ts';
import { linkTiles } from '../link/circuit.ts';
import { writeLink, type LinkHeader, type TreeOpening } from '../link/file.ts';
import { linkPositions, openingCounts, type LinkPositions } from '../link/positions.ts';
import { linkShapeOf } from '../link/shape.ts';
import { silent, type Report } from '../report.ts';
import { whileAnswering } from './answers.ts';
import { chooseTiles, type TileSize } from './choose-size.ts';
import { Holdings } from './holdings.ts';
import { checkLinked, linkMaterialInputs, type LinkMaterial } from './link-material.ts';
import { openLinkQuestion, type LinkQuestion } from './link-question.ts';
import {
  begunTiles,
  jobName,
  jobsBy,
  proveMissing,
  workSet,
  type Proving,
  type ProvingWork,
} from './proving.ts';
import { clientKey, openState } from './state.ts';

export interface LinkOptions extends TileSize, Proving {
  /** The folder of the new registration's state. */
  readonly folder: string;
  /** Checked against the plan's signer. */
  readonly challenge: Challenge;
  /** Where the link goes. */
  readonly out: string;
  readonly report?: Report;
  /** Hears what will be done, before it begins, and may stop it by returning false. */
  readonly onWork?: (work: LinkWork) => boolean | void;
}

/** The work that a link takes. */
export interface LinkWork extends ProvingWork {
  /** Blocks that the nonce drew. */
  readonly sampled: number;
  /** Those of them in which a weight is linked, and how many weights are. */
  readonly blocks: number;
  readonly linked: number;
}

export interface Linked extends Omit<LinkWork, 'aside'> {
  readonly bytes: number;
  readonly header: LinkHeader;
}

/**
 * @returns undefined where `onWork` stops it; everything is kept for the next time.
 * @throws LetheError as `openLinkQuestion`; `other-weights`, `too-many-rows`, `job-locked`, `worker-died`, or a FileError.
 */
export async function proveLink(options: LinkOptions): Promise<Linked | undefined> {
  const { folder, challenge, report = silent } = options;
  // Before the lock makes a folder.
  await openState(folder);
  return whileAnswering(folder, async () => {
    const question = await openLinkQuestion(folder, challenge);
    const { state, blocks, answer } = question;
    const old = await Holdings.open(question.old);
    try {
      const own = await Holdings.open(state);
      try {
        const { step } = state.plan;
        const material: LinkMaterial = { step, challenge, blocks, old, new: own, answer };
        report({ phase: 'comparing the weights', done: 0, total: 1 });
        await checkLinked(material);
        return await prove(options, question, material);
      } finally {
        await own.close();
      }
    } finally {
      await old.close();
    }
  });
}

async function prove(
  options: LinkOptions,
  { state, sampled, blocks }: LinkQuestion,
  material: LinkMaterial,
): Promise<Linked | undefined> {
  const { challenge, report = silent } = options;
  const { plan } = state;
  const shapes = blocks.map((block) => linkShapeOf(plan.step.size, block));

  report({ phase: 'compiling the circuits', done: 0, total: 1 });
  const folder = await linkFolder(options);
  const jobsFor = jobsBy(options);
  const begun = await begunTiles(folder);
  const { log, sets } =
    shapes.length === 0
      ? { log: smallestLog, sets: [] }
      : chooseTiles(plan.step, shapes, options, jobsFor, begun, linkTiles);
  const circuits = sets.map(({ layout }) => compileCircuit(linkTiles.circuit(plan.step, layout)));
  const tiles = tileCount(sets);
  const positions = linkPositions(plan, blocks);
  const counts = await openingCounts(plan, positions);
  const header: LinkHeader = {
    plan: challenge.plan,
    registration: challenge.registration,
    challenge: challengeDigest(challenge),
    log,
    tiles,
    oldSiblings: counts.old.siblings,
    newSiblings: counts.new.siblings,
  };
  const manifest = { digest: digestOf({ ...header }), tiles };
  const job = await openJob(join(folder, jobName(log)), manifest, { secret: true });
  try {
    const elements = [counts.old, counts.new].map((each) => each.siblings + each.leaves);
    const work: LinkWork = {
      sets: sets.map((set, i) => workSet(job, set, circuits[i]!, jobsFor)),
      ...{ log, tiles, finished: job.finished.size },
      aside: [...begun.keys()].filter((each) => each !== log),
      openingBytes: elementLength * (elements[0]! + elements[1]!),
      ...{ sampled, blocks: blocks.length, linked: positions.new.length },
    };
    if (options.onWork?.(work) === false) return undefined;
    for (const [i, set] of sets.entries())
      await proveMissing(options, job, set, {
        circuit: circuits[i]!,
        jobs: work.sets[i]!.jobs,
        inputsOf: (tile, places) => linkMaterialInputs(material, tile, places),
      });
    const opens = plan.keeps === 'root';
    const bytes = await writeLink(options.out, {
      header,
      openings: {
        old: await opening(opens, material.old, positions.old),
        new: await opening(opens, material.new, positions.new),
      },
      proof: (tile) => job.read(tile),
      key: await clientKey(state),
    });
    const { aside: _, ...done } = work;
    return { ...done, bytes, header };
  } finally {
    await job.close();
  }
}

/** One for each challenge: a provider that draws another nonce asks another question. */
async function linkFolder({ folder, challenge }: LinkOptions): Promise<string> {
  const own = join(folder, 'link', challengeDigest(challenge).slice(0, 32));
  await mkdir(own, secretFolder);
  return own;
}

async function opening(
  opens: boolean,
  holdings: Holdings,
  positions: LinkPositions['old'],
): Promise<TreeOpening<readonly bigint[]>> {
  if (!opens) return { siblings: [], leaves: [] };
  return {
    siblings: await openLeaves(holdings.tree(), positions),
    leaves: await holdings.leaves(positions),
  };
}
