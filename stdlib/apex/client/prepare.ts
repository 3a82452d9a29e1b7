// The unlearned weights of all touched blocks, computed once and kept: their salts are random, and what is proved after a
// crash must be what was begun.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { LetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { portsOf } from '../../../compiler/ir/ports.ts';
import { paced } from '../../../compiler/numbers/poseidon-fast.ts';
import { ports, stepCircuit } from '../circuit/tile.ts';
import { tileInputs, type SecretBlock } from '../circuit/tiles.ts';
import { leafOf, randomSalt } from '../commitments/leaf.ts';
import { Fields } from '../documents/fields.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import type { Plan } from '../documents/plan.ts';
import { blockNumbering } from '../model/index.ts';
import type { Report } from '../report.ts';
import { Elements, readArray, writeArray } from './blocks-file.ts';
import type { Holdings } from './state.ts';

/** In the order of the touched blocks. */
export interface PreparedBlocks {
  /** Integers of θ_u, [touched · size]. */
  readonly weights: Int32Array;
  readonly salts: Elements;
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
  const { weights, salts, leaves } = await prepareBlocks(plan, touched, holdings, report);
  const id = randomBytes(32).toString('hex');
  const arrays = { weights, salts: salts.bytes, leaves: leaves.bytes };
  const files: Record<string, string> = {};
  for (const [name, array] of Object.entries(arrays))
    files[name] = await writeArray(join(folder, `${name}-after.bin`), array);
  await atomicWrite(file, `${JSON.stringify({ lethe: kind, version: 1, id, files }, null, 1)}\n`);
  return { weights, salts, leaves, id };
}

async function readPrepared(folder: string, text: string, file: string): Promise<Prepared> {
  const fields = Fields.parse(text, file, kind);
  const id = fields.digest('id');
  const digests = fields.object('files', (each) => ({
    weights: each.digest('weights'),
    salts: each.digest('salts'),
    leaves: each.digest('leaves'),
  }));
  fields.end();
  const read = (name: keyof typeof digests): Promise<Uint8Array> =>
    readArray(join(folder, `${name}-after.bin`), digests[name]);
  return {
    id,
    weights: new Int32Array((await read('weights')).buffer),
    salts: new Elements(await read('salts')),
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
  const weights = unlearnBlocks(plan, touched, holdings, report);
  const [salts, leaves] = [Elements.of(touched.length), Elements.of(touched.length)];
  await paced(touched.length, (i) => {
    const salt = randomSalt();
    salts.set(i, salt);
    const own = weights.subarray(i * plan.step.size, (i + 1) * plan.step.size);
    leaves.set(i, leafOf(own, plan.step.formats.weights, salt));
  });
  return { weights, salts, leaves };
}

/** θ_u of the touched blocks, [touched · size], by the integer meaning of the step. */
function unlearnBlocks(
  { scope, step }: Plan,
  touched: readonly TouchedBlock[],
  holdings: Holdings,
  report: Report,
): Int32Array {
  const program = stepCircuit(step, 1).build();
  const output = portsOf(program).find(({ name }) => name === ports.after)!;
  const numbering = blockNumbering(scope);
  const after = new Int32Array(touched.length * step.size);
  touched.forEach((block, i) => {
    const secret = secretBlock(step, holdings, block.number, 0n);
    const { values, findings } = evaluateFixed(program, tileInputs(step, 1, 0n, [block], [secret]));
    if (findings.length > 0) {
      const { tensor, index } = numbering.at(block.number);
      throw new LetheError(
        findings.map((finding) => ({
          ...finding,
          message: `tensor "${tensor}", block ${index}: ${finding.message}`,
          hint: `the curvature of this block is too large for the plan's tolerance ${step.formats.tolerance}: register with a larger --damping`,
        })),
      );
    }
    values[output.line]!.forEach((value, k) => (after[i * step.size + k] = Number(value)));
    report({ phase: 'unlearning', done: i + 1, total: touched.length });
  });
  return after;
}

/** What the tile's circuit takes of a block. */
export function secretBlock(
  { size }: Plan['step'],
  holdings: Holdings,
  number: number,
  after: bigint,
): SecretBlock {
  const { weights, curvature, weightSalts, curvatureSalts } = holdings;
  const length = curvature.length / weightSalts.length;
  return {
    weights: weights.subarray(number * size, (number + 1) * size),
    curvature: curvature.subarray(number * length, (number + 1) * length),
    salts: [weightSalts.get(number), curvatureSalts.get(number), after],
  };
}
