// A client's answer to a window: the multipliers of every block with a live position, under fresh commitments. It is computed once and
// kept, because its salts are random: what is proved after a crash must be what was begun. Blocks whose live positions are
// those of the answer before may keep their multipliers and their commitment, and are not proved again.
import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite, readText, secret, secretFolder } from '../../../compiler/files/index.ts';
import { paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { Elements } from '../commitments/elements.ts';
import { blockCommitment } from '../commitments/multipliers.ts';
import { randomSalts, type Salts } from '../commitments/salts.ts';
import { documentVersion, Fields } from '../documents/fields.ts';
import type { LiveBlock } from '../documents/history.ts';
import { smallDocument } from '../documents/limits.ts';
import type { Plan } from '../documents/plan.ts';
import type { Report } from '../report.ts';
import { solveMultipliers } from '../step/index.ts';
import { readArray, writeArray } from './blocks-file.ts';
import type { Holdings } from './holdings.ts';

/** Arrays over the blocks with a live position, in their order. */
interface AnswerArrays {
  /** Integers of ν, those of a block after those of the block before. */
  readonly multipliers: Float64Array;
  /** 16 random bits for each multiplier. */
  readonly wordSalts: Uint16Array;
  /** A random element for each block. */
  readonly salts: Elements;
  /** c_b. */
  readonly commitments: Elements;
}

export class PreparedAnswer {
  /** Where the multipliers of each block begin. */
  readonly #starts: readonly number[];

  constructor(
    /** Names this preparation. */
    readonly id: string,
    readonly blocks: readonly LiveBlock[],
    private readonly arrays: AnswerArrays,
  ) {
    let at = 0;
    this.#starts = [0, ...blocks.map(({ live }) => (at += live.length))];
  }

  get commitments(): Elements {
    return this.arrays.commitments;
  }

  /** Integers, [k]. */
  multipliers = (index: number): Float64Array =>
    this.arrays.multipliers.subarray(...this.#range(index));

  salts = (index: number): Salts => ({
    words: this.arrays.wordSalts.subarray(...this.#range(index)),
    salt: this.arrays.salts.get(index),
  });

  #range = (index: number): [number, number] => [this.#starts[index]!, this.#starts[index + 1]!];
}

const kind = 'apex-answer';
const names = ['multipliers', 'wordSalts', 'salts', 'commitments'] as const;
type ArrayName = (typeof names)[number];

const fileOf = (folder: string): string => join(folder, 'answer.json');

/** The answer that was prepared in the folder before, or else a new one. `unchanged` gives the index in the answer before, where a block keeps its commitment. */
export async function prepareAnswer(
  folder: string,
  plan: Plan,
  blocks: readonly LiveBlock[],
  holdings: Holdings,
  keep:
    { readonly from: PreparedAnswer; readonly unchanged: ReadonlyMap<number, number> } | undefined,
  report: Report,
): Promise<PreparedAnswer> {
  await mkdir(folder, secretFolder);
  const begun = await stat(fileOf(folder)).catch(() => undefined);
  if (begun) return readAnswer(folder, blocks);
  const arrays = await computeAnswer(plan, blocks, holdings, keep, report);
  const id = randomBytes(32).toString('hex');
  const files: Record<string, string> = {};
  for (const name of names) {
    const array = arrays[name];
    const file = join(folder, `${name}.bin`);
    files[name] = await writeArray(file, array instanceof Elements ? array.bytes : array);
  }
  const document = { lethe: kind, version: documentVersion, id, files };
  await atomicWrite(fileOf(folder), `${JSON.stringify(document, null, 1)}\n`, secret);
  return new PreparedAnswer(id, blocks, arrays);
}

/** Throws FileError `cannot-read`, `changed`; LetheError `bad-document`. */
export const readAnswer = async (
  folder: string,
  blocks: readonly LiveBlock[],
): Promise<PreparedAnswer> =>
  parseAnswer(folder, await readText(fileOf(folder), smallDocument), blocks);

async function parseAnswer(
  folder: string,
  text: string,
  blocks: readonly LiveBlock[],
): Promise<PreparedAnswer> {
  const fields = Fields.parse(text, fileOf(folder), kind);
  const id = fields.digest('id');
  const digests = fields.object(
    'files',
    (each) =>
      Object.fromEntries(names.map((name) => [name, each.digest(name)])) as Record<
        ArrayName,
        string
      >,
  );
  fields.end();
  const read = (name: ArrayName): Promise<Uint8Array> =>
    readArray(join(folder, `${name}.bin`), digests[name]);
  return new PreparedAnswer(id, blocks, {
    multipliers: new Float64Array((await read('multipliers')).buffer),
    wordSalts: new Uint16Array((await read('wordSalts')).buffer),
    salts: new Elements(await read('salts')),
    commitments: new Elements(await read('commitments')),
  });
}

async function computeAnswer(
  { step }: Plan,
  blocks: readonly LiveBlock[],
  holdings: Holdings,
  keep:
    { readonly from: PreparedAnswer; readonly unchanged: ReadonlyMap<number, number> } | undefined,
  report: Report,
): Promise<AnswerArrays> {
  const total = blocks.reduce((sum, { live }) => sum + live.length, 0);
  const arrays: AnswerArrays = {
    multipliers: new Float64Array(total),
    wordSalts: new Uint16Array(total),
    salts: Elements.of(blocks.length),
    commitments: Elements.of(blocks.length),
  };
  let start = 0;
  await paced(blocks.length, async (index) => {
    const { number, live } = blocks[index]!;
    const before = keep?.unchanged.get(index);
    const own =
      before === undefined
        ? newBlock(step, await holdings.block(number), live)
        : keptBlock(keep!.from, before);
    arrays.multipliers.set(own.multipliers, start);
    arrays.wordSalts.set(own.salts.words, start);
    arrays.salts.set(index, own.salts.salt);
    arrays.commitments.set(index, own.commitment);
    start += live.length;
    report({ phase: 'unlearning', done: index + 1, total: blocks.length });
  });
  return arrays;
}

interface AnswerBlock {
  readonly multipliers: ArrayLike<number>;
  readonly salts: Salts;
  readonly commitment: bigint;
}

function newBlock(
  step: Plan['step'],
  held: Awaited<ReturnType<Holdings['block']>>,
  live: readonly number[],
): AnswerBlock {
  const multipliers = solveMultipliers(step, held, live);
  const salts = randomSalts(live.length);
  return { multipliers, salts, commitment: blockCommitment(step, multipliers, salts) };
}

const keptBlock = (from: PreparedAnswer, index: number): AnswerBlock => ({
  multipliers: from.multipliers(index),
  salts: from.salts(index),
  commitment: from.commitments.get(index),
});
