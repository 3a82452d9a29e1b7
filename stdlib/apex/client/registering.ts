// A registration that is under way, in the folder of the state:
//   registering/record.json  what it is made of, the seed by its digest, and the ranges of leaves that are finished
//   registering/lock/        the process that works on it
// The seed of the salts belongs to these inputs alone: with others, one salt would hide two different leaves.
import { createHash, randomBytes, type KeyObject } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  atomicWrite,
  readText,
  secret,
  secureFolder,
  takeLock,
} from '../../../compiler/files/index.ts';
import { seedLength } from '../commitments/salts.ts';
import { bytesFor, positionsOf, setBit } from '../documents/bits.ts';
import { documentVersion, Fields } from '../documents/fields.ts';
import { maskLimits } from '../documents/limits.ts';
import { publicKeyPattern } from '../documents/public-key.ts';
import { generateSigningKey, renderSigningKey } from '../documents/signature.ts';
import { heldFile } from '../hashing/held-files.ts';
import type { Scope } from '../model/index.ts';
import { createArrays } from './held-writer.ts';
import { innerFolders, keyFile } from './state-files.ts';

/** All that a registration is made of: digests, and λ. */
export interface RegistrationInputs {
  readonly plan: string;
  readonly client: string;
  readonly model: string;
  readonly gradients: string;
  readonly damping: number;
  readonly window: string | null;
  /** The key that was given, or is taken on; null where one is made. */
  readonly signer: string | null;
  /** Digest of the registration that is replaced. */
  readonly replaces: string | null;
}

export interface Registering {
  /** That it was begun with. */
  readonly rangeHeight: number;
  /** Numbers of ranges of leaves. */
  readonly finished: ReadonlySet<number>;
  /** The range is finished when this returns, whatever happens then. One at a time. */
  finish(range: number): Promise<void>;
}

const kind = 'apex-registering';
const folderOf = (folder: string): string => join(folder, 'registering');
const recordOf = (folder: string): string => join(folderOf(folder), 'record.json');

/** Makes the folder, and calls `work` as the only process in it. Throws `job-locked`, `foreign-folder`. */
export async function whileLocked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await secureFolder(folder, innerFolders);
  const lock = await takeLock(join(folderOf(folder), 'lock'), {
    wait: 0,
    code: 'job-locked',
    hint: 'wait for it, or end it; what it has finished is kept',
    secret: true,
  });
  let result: T;
  try {
    result = await work();
  } finally {
    await lock.release();
  }
  // The state is there: nobody registers in this folder any more.
  await rm(folderOf(folder), { recursive: true, force: true });
  return result;
}

/** The next registration in the folder is a new one. */
export const forgetRegistering = (folder: string): Promise<void> =>
  rm(recordOf(folder), { force: true });

interface Wanted {
  readonly inputs: RegistrationInputs;
  readonly rangeHeight: number;
  readonly scope: Scope;
  /** That of `inputs.signer`. */
  readonly key?: KeyObject | undefined;
}

/** Goes on with the registration of these inputs, or begins one. Throws `other-registration`, `bad-document`. */
export async function openRegistering(folder: string, wanted: Wanted): Promise<Registering> {
  const begun = (await stat(recordOf(folder)).catch(() => undefined)) !== undefined;
  const record = begun ? await resume(folder, wanted.inputs) : await begin(folder, wanted);
  return {
    rangeHeight: record.rangeHeight,
    finished: record.finished,
    async finish(range) {
      record.finished.add(range);
      await save(folder, record);
    },
  };
}

interface JobRecord {
  readonly inputs: RegistrationInputs;
  readonly rangeHeight: number;
  /** SHA-256. */
  readonly seed: string;
  readonly finished: Set<number>;
}

async function begin(folder: string, wanted: Wanted): Promise<JobRecord> {
  const { inputs, rangeHeight, scope, key } = wanted;
  const seed = randomBytes(seedLength);
  await atomicWrite(heldFile(folder, 'seed'), seed, secret);
  const pem = key ? renderSigningKey(key) : generateSigningKey();
  await atomicWrite(keyFile(folder), pem, secret);
  await createArrays(folder, scope);
  const record = { inputs, rangeHeight, seed: sha256(seed), finished: new Set<number>() };
  await save(folder, record);
  return record;
}

async function resume(folder: string, inputs: RegistrationInputs): Promise<JobRecord> {
  const record = readRecord(await readText(recordOf(folder), maskLimits()), recordOf(folder));
  const cure = `give what it was begun with, or delete ${folder} and begin anew`;
  const names = Object.keys(inputs) as (keyof RegistrationInputs)[];
  const others = names.filter((name) => record.inputs[name] !== inputs[name]);
  if (others.length > 0)
    fail(
      'other-registration',
      `${folder} holds a registration that was begun with another ${others.join(', ')}`,
      cure,
    );
  const seed = await readFile(heldFile(folder, 'seed')).catch(() => undefined);
  if (seed === undefined || sha256(seed) !== record.seed)
    fail('other-registration', `${folder} holds a registration that has lost its seed`, cure);
  return record;
}

function save(folder: string, { inputs, rangeHeight, seed, finished }: JobRecord): Promise<void> {
  const bits = new Uint8Array(bytesFor(Math.max(-1, ...finished) + 1));
  for (const range of finished) setBit(bits, range);
  const document = {
    lethe: kind,
    version: documentVersion,
    inputs,
    rangeHeight,
    seed,
    finished: Buffer.from(bits).toString('base64'),
  };
  return atomicWrite(recordOf(folder), `${JSON.stringify(document)}\n`, secret);
}

function readRecord(text: string, file: string): JobRecord {
  const fields = Fields.parse(text, file, kind, maskLimits());
  const inputs = fields.object('inputs', (each) => ({
    plan: each.digest('plan'),
    client: each.text('client'),
    model: each.digest('model'),
    gradients: each.digest('gradients'),
    damping: each.positive('damping'),
    window: each.optionalDigest('window'),
    signer: each.optionalText('signer', publicKeyPattern),
    replaces: each.optionalDigest('replaces'),
  }));
  const finished = new Set(positionsOf(fields.bytes('finished')));
  const rangeHeight = fields.whole('rangeHeight', 0, 32);
  const record = { inputs, rangeHeight, seed: fields.digest('seed'), finished };
  fields.end();
  return record;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
