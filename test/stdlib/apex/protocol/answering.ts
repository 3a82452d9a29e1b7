// `unlearn` with marks in place of proofs. It can be stopped where a process may be killed.
import { prepareAnswer } from '../../../../stdlib/apex/client/answer.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { materialStatement } from '../../../../stdlib/apex/client/material.ts';
import { openQuestion } from '../../../../stdlib/apex/client/question.ts';
import { clientKey, saveAnswer } from '../../../../stdlib/apex/client/state.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { shapeOf } from '../../../../stdlib/apex/circuit/layout.ts';
import { buildTree, openLeaves } from '../../../../stdlib/apex/commitments/tree.ts';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { unlearn, type Window } from '../../../../stdlib/apex/index.ts';
import { save, type Forged } from '../bundles.ts';
import { markOf } from './marks.ts';

/** The last step before the process was killed; the end is `saved`. */
export type Stop = 'asked' | 'prepared' | 'written' | 'saved';

export interface Answering {
  /** The state's folder. */
  readonly folder: string;
  readonly window: Window;
  readonly anew: boolean;
  readonly stop: Stop;
  /** Where the bundle goes. */
  readonly out: string;
}

/** Undefined where it was stopped before the bundle was written. Throws as `unlearn`. */
export async function answerWindow(options: Answering): Promise<Forged | undefined> {
  const { folder, window, anew, stop, out } = options;
  const question = await openQuestion({ folder, window, anew });
  if (stop === 'asked') return undefined;
  const { state, blocks, kept, again } = question;
  const { plan } = state;
  const holdings = await Holdings.open(state);
  try {
    const answer = await prepareAnswer(
      question.folder,
      plan,
      blocks,
      holdings,
      kept,
      () => undefined,
    );
    if (stop === 'prepared') return undefined;
    const proved = blocks.flatMap((_, i) => (kept?.unchanged.has(i) ? [] : [i]));
    const shapes = proved.map((i) => shapeOf(plan.step.size, blocks[i]!.live));
    const log = again?.log ?? smallestTile;
    const sets = deal(plan.step, shapes, log);
    const positions = proved.flatMap((i) => {
      const first = holdings.firstPosition(blocks[i]!.number);
      return blocks[i]!.live.map((entry) => first + entry);
    });
    const leaves: bigint[] = [];
    for (const position of positions) leaves.push(await holdings.leaf(position));
    const opens = plan.keeps === 'root';
    const siblings = opens ? await openLeaves(holdings.tree(), positions) : [];
    const material = { plan, subject: question.subject, holdings, answer, proved };
    const proofs: Uint8Array[] = [];
    for (const { first, tiles } of sets)
      for (const [i, places] of tiles.entries())
        proofs.push(markOf(await materialStatement(material, first + i, places)));
    const forged: Forged = {
      header: {
        ...question.subject,
        log,
        kept: kept?.root ?? null,
        after: (await buildTree(answer.commitments)).root,
        proved: proved.length,
        tiles: tileCount(sets),
        siblings: siblings.length,
      },
      siblings,
      leaves: opens ? leaves : [],
      commitments: proved.map((i) => answer.commitments.get(i)),
      kept: new Map([...(kept?.unchanged.keys() ?? [])].map((i) => [i, answer.commitments.get(i)])),
      proofs,
      key: await clientKey(state),
    };
    await save(out, forged);
    const { after: root } = forged.header;
    if (stop === 'saved' && !again)
      await saveAnswer(state, {
        window: question.subject.window,
        epoch: window.epoch,
        kept: forged.header.kept,
        root,
        log,
      });
    return forged;
  } finally {
    await holdings.close();
  }
}

/** Small tiles, so that a bundle has several. */
const smallestTile = 9;

/** The same with proofs: `unlearn` itself, and its bundle as data. */
export async function proveAnswer(options: Answering): Promise<Forged | undefined> {
  const { folder, window, anew, out } = options;
  if (options.stop === 'asked' || options.stop === 'prepared') return answerWindow(options);
  await unlearn({ folder, window, anew, out, jobs: 1 });
  // It has been given now: marks stand where the proofs are.
  const marked = (await answerWindow({ ...options, anew: false, out: `${out}.marked` }))!;
  return { ...marked, proofs: await proofsOf(out, marked) };
}

async function proofsOf(file: string, { header, leaves, siblings }: Forged): Promise<Uint8Array[]> {
  const bundle = await Bundle.open(file);
  try {
    const { proved, tiles } = header;
    const counts = { siblings: siblings.length, leaves: leaves.length, proved, tiles };
    const proofs: Uint8Array[] = [];
    for await (const proof of bundle.body(counts).proofs()) proofs.push(Uint8Array.from(proof));
    return proofs;
  } finally {
    await bundle.close();
  }
}
