// Values that an observer can compute from a guess at the secrets of a client (θ_p, its gradients) without the salts: he knows the plan, the
// windows, and all that the client has sent.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RegisteredBlocks } from '../../../../stdlib/apex/client/registered-blocks.ts';
import { readInputs } from '../../../../stdlib/apex/client/registration-inputs.ts';
import { columnLeaf, columnWords } from '../../../../stdlib/apex/commitments/column.ts';
import { Elements, encodeElement } from '../../../../stdlib/apex/commitments/elements.ts';
import { blockCommitment } from '../../../../stdlib/apex/commitments/multipliers.ts';
import { LeafSalts, type LeafSalt } from '../../../../stdlib/apex/commitments/salts.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';
import { deadByBlock, liveBlocks } from '../../../../stdlib/apex/documents/history.ts';
import type { Plan, Window } from '../../../../stdlib/apex/index.ts';
import {
  hashUnscoped,
  openExampleGradients,
  openModel,
  saltedUnscoped,
  weightCount,
} from '../../../../stdlib/apex/model/index.ts';
import {
  columnLengths,
  columnOffsets,
  solveMultipliers,
  unlearnedBlock,
} from '../../../../stdlib/apex/step/index.ts';
import type { NumberedBlock } from '../../../../stdlib/apex/client/registered-blocks.ts';

export interface Guess {
  /** The value and its candidate, in words. */
  readonly what: string;
  /** Bytes that show it, or a number. */
  readonly pattern: Uint8Array | number;
}

export interface Known {
  readonly plan: Plan;
  /** Each text that the observer has seen: in plan, windows, receipts, and in what the client has sent. */
  readonly texts: readonly string[];
  readonly window: Window;
  /** The epoch of the receipt. */
  readonly epoch: number;
  /** λ in multiples of the mean squared gradient: the default, say. */
  readonly relative: number;
}

type Bytes = Uint8Array | string;
const sha256 = (...parts: readonly Bytes[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** A digest as text and as bytes. */
const spellings = (what: string, hex: string): Guess[] =>
  [Buffer.from(hex), Buffer.from(hex, 'hex')].map((pattern) => ({ what, pattern }));

/** A secret that is text or bytes, as it is and hashed: alone, and with each text that is known. */
function hashed(what: string, secret: Bytes, { texts }: Known): Guess[] {
  const digests = [sha256(secret), sha256(JSON.stringify(`${secret}`)), sha256(secret, '\n')];
  for (const text of texts)
    digests.push(
      sha256(text, secret),
      sha256(secret, text),
      sha256(text, '\n', secret),
      sha256(Buffer.from(text, 'hex'), secret),
    );
  return [
    { what, pattern: Buffer.from(secret) },
    ...digests.flatMap((digest) => spellings(`${what}, hashed`, digest)),
  ];
}

function ofDigest(what: string, digest: string, known: Known): Guess[] {
  const salted = known.texts.map((text) => saltedUnscoped(digest, text));
  return [
    ...spellings(what, digest),
    ...hashed(what, digest, known),
    ...hashed(what, Buffer.from(digest, 'hex'), known),
    ...salted.flatMap((each) => spellings(`${what}, salted`, each)),
  ];
}

function ofNumber(what: string, value: number, known: Known): Guess[] {
  const [little, big] = [Buffer.alloc(8), Buffer.alloc(8)];
  little.writeDoubleLE(value);
  big.writeDoubleBE(value);
  const texts = [4, 6, 9, 17].map((digits) => value.toPrecision(digits));
  return [
    { what, pattern: value },
    ...texts.map((text) => ({ what, pattern: Buffer.from(text) })),
    ...[String(value), little, big].flatMap((each) => hashed(what, each, known)),
  ];
}

const ofElement = (what: string, element: bigint): Guess[] => {
  const bytes = encodeElement(element);
  return [Buffer.from(`${element}`), bytes, Uint8Array.from(bytes).reverse()].map((pattern) => ({
    what,
    pattern,
  }));
};

/** Runs of 16 bytes that are not all the same, in both orders of bytes. */
function ofNumbers(
  what: string,
  { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: Int32Array | Int16Array | Float32Array,
): Guess[] {
  const little = Buffer.from(buffer, byteOffset, byteLength);
  const big = Buffer.from(little);
  if (BYTES_PER_ELEMENT === 2) big.swap16();
  else big.swap32();
  const guesses: Guess[] = [];
  for (const bytes of [little, big])
    for (let at = 0; at + 16 <= bytes.length; at += 16) {
      const pattern = bytes.subarray(at, at + 16);
      if (new Set(pattern).size > 4) guesses.push({ what, pattern });
    }
  return guesses;
}

/** Values that follow from θ_p alone. */
export async function ofModel(what: string, file: string, known: Known): Promise<Guess[]> {
  const model = await openModel(file);
  const { scope } = known.plan;
  const guesses = [
    ...ofDigest(`${what}: its unscoped tensors`, await hashUnscoped(model, scope), known),
    ...ofDigest(
      `${what}: its tensors`,
      await hashUnscoped(model, { ...scope, tensors: [] }),
      known,
    ),
    ...ofDigest(`${what}: its file`, sha256(await readFile(file)), known),
  ];
  for (const name of model.tensors.keys()) {
    const bytes = await model.readBytes(name);
    guesses.push(...ofDigest(`${what}: tensor ${name}`, sha256(bytes), known));
    const floats = new Float32Array(bytes.slice().buffer);
    const units = floats.map((x) => Math.floor(x * 2 ** 14 + 0.5));
    guesses.push(...ofNumbers(`${what}: tensor ${name}`, floats));
    guesses.push(...ofNumbers(`${what}: tensor ${name}`, Int32Array.from(units)));
    guesses.push(...ofNumbers(`${what}: tensor ${name}`, Int16Array.from(units)));
  }
  return guesses;
}

/** Values that follow from the gradients alone. */
export async function ofGradients(what: string, file: string, known: Known): Promise<Guess[]> {
  const { damping, gradients } = await inputsOf(known, { gradients: file });
  return [
    ...ofNumber(`${what}: λ`, damping, known),
    ...ofNumber(`${what}: the mean squared gradient`, damping / known.relative, known),
    ...ofDigest(`${what}: digest`, gradients, known),
    ...ofDigest(`${what}: file`, sha256(await readFile(file)), known),
  ];
}

/** λ, and the digest of the gradients: neither depends on the model. */
async function inputsOf({ plan, relative }: Known, { gradients: file }: { gradients: string }) {
  return readInputs(
    {
      plan,
      client: 'ada',
      model: await openModel(file),
      gradients: await openExampleGradients(file, plan.scope),
      damping: { relative },
    },
    () => undefined,
  );
}

const zeroSalt = (words: number): LeafSalt => ({ words: new Uint16Array(words), salt: 0n });

/** Values that follow from both: commitments under salts that are no secrets, and what they commit to. */
export async function ofPair(
  what: string,
  files: { readonly model: string; readonly gradients: string },
  known: Known,
): Promise<Guess[]> {
  const { plan, window, epoch } = known;
  const { step, scope } = plan;
  const { damping } = await inputsOf(known, files);
  const model = await openModel(files.model);
  const gradients = await openExampleGradients(files.gradients, scope);
  const own = { plan, model, gradients, damping };
  const all = async (made: RegisteredBlocks): Promise<NumberedBlock[]> => {
    const blocks: NumberedBlock[] = [];
    for await (const block of made.covering(0, weightCount(scope))) blocks.push(block);
    return blocks;
  };
  const blocks = await all(new RegisteredBlocks({ ...own, dead: new Map() }));
  const live = liveBlocks(plan, window.history, epoch);
  const multipliers = new Map(
    live.map((each) => [each.number, solveMultipliers(step, blocks[each.number]!, each.live)]),
  );
  // As a registration continues it.
  const dead = deadByBlock(plan, window.history, window.epoch + 1);
  const block = async (number: number): Promise<Int32Array> =>
    unlearnedBlock(step, blocks[number]!, {
      live: live.find((each) => each.number === number)?.live ?? [],
      dead: [],
      multipliers: multipliers.get(number) ?? new Float64Array(),
    });
  const continued = { block, close: async () => undefined };
  const after = await all(new RegisteredBlocks({ ...own, dead, continued }));
  const guesses = [...blocks, ...after].flatMap(({ weights, root }) => [
    ...ofNumbers(`${what}: weights`, weights),
    ...ofNumbers(`${what}: R`, root),
  ]);
  const seeds = [Buffer.alloc(32), Buffer.from(sha256(''), 'hex'), Buffer.from(plan.model, 'hex')];
  const salts = [
    (_: number, words: number) => zeroSalt(words),
    ...seeds.map((seed) => new LeafSalts(seed).of),
  ];
  for (const saltOf of salts)
    for (const each of [blocks, after]) {
      const leaves = each.flatMap((block) => leavesOf(plan, block, saltOf));
      const { levels } = await buildTree(Elements.from(leaves));
      for (const level of levels)
        for (const node of level.all()) guesses.push(...ofElement(`${what}: leaves`, node));
    }
  const commitments = [...multipliers.values()].map((each) =>
    blockCommitment(step, each, zeroSalt(each.length)),
  );
  const { levels } = await buildTree(Elements.from(commitments));
  for (const level of levels)
    for (const node of level.all()) guesses.push(...ofElement(`${what}: commitments`, node));
  return guesses;
}

function leavesOf(
  { step }: Plan,
  { block, weights, root }: NumberedBlock,
  saltOf: (position: number, words: number) => LeafSalt,
): bigint[] {
  const [lengths, offsets] = [columnLengths(step.size), columnOffsets(step.size)];
  return Array.from(weights, (weight, i) => {
    const column = root.subarray(offsets[i], offsets[i + 1]);
    const salt = saltOf(block.first + i, columnWords(lengths[i]!));
    return columnLeaf(step, lengths[i]!, weight, column, salt);
  });
}
