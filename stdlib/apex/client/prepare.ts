// The unlearned weights of all touched blocks, computed once and kept: their salts are random, and what is proved after a
// crash must be what was begun.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { stepEvaluator } from '../circuit/evaluate-step.ts';
import type { SecretBlock } from '../circuit/tiles.ts';
import { blockLeaf, randomWeightSalts } from '../commitments/leaf.ts';
import { Fields } from '../documents/fields.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import type { Plan } from '../documents/plan.ts';
import { forms } from '../forms/index.ts';
import { blockNumbering } from '../model/index.ts';
import type { Report } from '../report.ts';
import { Elements } from '../commitments/elements.ts';
import { readArray, writeArray } from './blocks-file.ts';
import { heldBlock } from './held-block.ts';
import type { Holdings } from './state.ts';

/** In the order of the touched blocks. */
export interface PreparedBlocks {
  /** Integers of θ_u, [touched · size]. */
  readonly weights: Int32Array;
  /** Integers of ν, [touched · size]; empty where the form has none. */
  readonly multipliers: Float64Array;
  /** Of the words of θ_u. */
  readonly salts: Uint16Array;
  readonly leaves: Elements;
}

export interface Prepared extends PreparedBlocks {
  /** Names this preparation. */
  readonly id: string;
}

const kind = 'apex-prepared';

/** What was prepared in the folder before, or else a new preparation. Throws as the step refuses a block. */
export async function prepare(
  folder: string,
  plan: Plan,
  touched: readonly TouchedBlock[],
  holdings: Holdings,
  report: Report,
): Promise<Prepared> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'prepared.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return readPrepared(folder, known, file);
  const blocks = await prepareBlocks(plan, touched, holdings, report);
  const { weights, multipliers, salts, leaves } = blocks;
  const id = randomBytes(32).toString('hex');
  const arrays = { weights, multipliers, salts, leaves: leaves.bytes };
  const files: Record<string, string> = {};
  for (const [name, array] of Object.entries(arrays))
    files[name] = await writeArray(join(folder, `${name}-after.bin`), array);
  await atomicWrite(file, `${JSON.stringify({ lethe: kind, version: 1, id, files }, null, 1)}\n`);
  return { ...blocks, id };
}

/** What belongs to the touched block at a position. */
const part = <T extends Int32Array | Uint16Array | Float64Array>(
  array: T,
  position: number,
  { length }: readonly TouchedBlock[],
): T =>
  array.subarray((position * array.length) / length, ((position + 1) * array.length) / length) as T;

async function readPrepared(folder: string, text: string, file: string): Promise<Prepared> {
  const fields = Fields.parse(text, file, kind);
  const id = fields.digest('id');
  const digests = fields.object('files', (each) => ({
    weights: each.digest('weights'),
    multipliers: each.digest('multipliers'),
    salts: each.digest('salts'),
    leaves: each.digest('leaves'),
  }));
  fields.end();
  const read = (name: keyof typeof digests): Promise<Uint8Array> =>
    readArray(join(folder, `${name}-after.bin`), digests[name]);
  return {
    id,
    weights: new Int32Array((await read('weights')).buffer),
    multipliers: new Float64Array((await read('multipliers')).buffer),
    salts: new Uint16Array((await read('salts')).buffer),
    leaves: new Elements(await read('leaves')),
  };
}

/** θ_u of touched blocks under new commitments. Throws as the step refuses a block. */
export async function prepareBlocks(
  plan: Plan,
  touched: readonly TouchedBlock[],
  holdings: Holdings,
  report: Report,
): Promise<PreparedBlocks> {
  const { weights, multipliers } = unlearnBlocks(plan, touched, holdings, report);
  const salts = randomWeightSalts(plan.step, touched.length);
  const leaves = Elements.of(touched.length);
  await paced(touched.length, (i) => {
    const digest = holdings.curvatureDigests.get(touched[i]!.number);
    const own = { weights: part(weights, i, touched), salts: part(salts, i, touched) };
    leaves.set(i, blockLeaf(plan.step, own.weights, own.salts, digest));
  });
  return { weights, multipliers, salts, leaves };
}

/** θ_u and ν of the touched blocks, by the integer meaning of the step. */
function unlearnBlocks(
  { scope, step }: Plan,
  touched: readonly TouchedBlock[],
  holdings: Holdings,
  report: Report,
): Pick<PreparedBlocks, 'weights' | 'multipliers'> {
  const compute = stepEvaluator(step);
  const numbering = blockNumbering(scope);
  const weights = new Int32Array(touched.length * step.size);
  const multipliers = new Float64Array(forms[step.form].multipliers ? weights.length : 0);
  touched.forEach(({ number, mask }, i) => {
    const { claim, findings } = compute({ mask, ...heldBlock(holdings, number) });
    if (!claim) {
      const { tensor, index } = numbering.at(number);
      throw new LetheError(
        findings.map((finding) => ({
          ...finding,
          message: `tensor "${tensor}", block ${index}: ${finding.message}`,
          hint: `the curvature of this block is too large for the plan's tolerance ${step.formats.tolerance}: register with a larger --damping`,
        })),
      );
    }
    weights.set(claim.unlearned, i * step.size);
    if (claim.multipliers) multipliers.set(claim.multipliers, i * step.size);
    report({ phase: 'unlearning', done: i + 1, total: touched.length });
  });
  return { weights, multipliers };
}

/** What the tile's circuit takes of the touched block at a position. */
export function secretBlock(
  touched: readonly TouchedBlock[],
  position: number,
  holdings: Holdings,
  prepared: PreparedBlocks,
): SecretBlock {
  const { number, mask } = touched[position]!;
  const held = heldBlock(holdings, number);
  return {
    mask,
    weights: held.weights,
    curvature: held.curvature,
    unlearned: part(prepared.weights, position, touched),
    multipliers: part(prepared.multipliers, position, touched),
    salts: {
      weights: held.weightSalts,
      curvature: held.curvatureSalts,
      unlearned: part(prepared.salts, position, touched),
    },
  };
}
