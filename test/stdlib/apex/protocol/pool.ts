// Registrations to copy: their leaves were hashed once. A leaf knows nothing of client and plan, so a copy is registered under any name
// and any plan with the same scope and step.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import { createState, type State } from '../../../../stdlib/apex/client/state.ts';
import { keyFile } from '../../../../stdlib/apex/client/state-files.ts';
import {
  planDigest,
  publicKeyOf,
  signRegistration,
  windowDigest,
  type Plan,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import { heldFile, heldNames } from '../../../../stdlib/apex/hashing/held-files.ts';
import {
  hashUnscoped,
  openExampleGradients,
  openModel,
  saltedUnscoped,
  type ExampleGradients,
  type Model,
  type Scope,
} from '../../../../stdlib/apex/model/index.ts';
import { register } from '../../../../stdlib/apex/index.ts';
import { random } from '../fixture.ts';

/** 16 weights in 8 blocks of 2: rows of 6, and a row of 4. Circuits of few shapes are compiled to know how many rows they have. */
export const scope: Scope = {
  blockSize: 2,
  tensors: [
    { name: 'first', shape: [2, 6], orientation: 'out-in' },
    { name: 'second', shape: [4, 1], orientation: 'in-out' },
  ],
};
export const weights = 16;
/** Where each block begins. */
export const firsts = [0, 2, 4, 6, 8, 10, 12, 14] as const;

const shapes = { first: [2, 6], second: [4, 1], head: [2] } as const;

/** All models have the same tensor out of scope. */
async function write(
  file: string,
  seed: number,
  { scale = 0.5, prefix = '', examples = 0 } = {},
): Promise<string> {
  const [own, common] = [random(seed), random(1)];
  const entries = Object.entries(shapes).map(([name, sizes]) => {
    const next = name === 'head' ? common : own;
    const shape = examples > 0 ? [examples, ...sizes] : [...sizes];
    const length = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length }, () => scale * (2 * next() - 1));
    return [`${prefix}${name}`, { shape, data }] as const;
  });
  await writeSafetensors(file, { tensors: new Map(entries) });
  return file;
}

export const writeModel = (file: string, seed: number): Promise<string> => write(file, seed);

export interface Member {
  readonly model: Model;
  readonly gradients: ExampleGradients;
  readonly state: State;
  readonly unscoped: string;
}

/** The Ed25519 key of a number, the same in every run. */
export function keyOf(number: number): KeyObject {
  const seed = createHash('sha256').update(`key ${number}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export async function makeMember(folder: string, plan: Plan, seed: number): Promise<Member> {
  const model = await openModel(await write(join(folder, `${seed}.safetensors`), seed));
  const file = join(folder, `${seed}-g.safetensors`);
  await write(file, seed + 1, { scale: 0.1, prefix: 'grad.', examples: 6 });
  const gradients = await openExampleGradients(file, scope);
  const state = await register({
    ...{ plan, client: 'pool', model, gradients, damping: { relative: 1 } },
    ...{ folder: join(folder, `state-${seed}`), jobs: 0 },
  });
  return { model, gradients, state, unscoped: await hashUnscoped(model, plan.scope) };
}

export interface Copy {
  readonly folder: string;
  readonly plan: Plan;
  readonly client: string;
  readonly key: KeyObject;
  /** 64 hexadecimal digits. */
  readonly salt: string;
  /** It is said that its dead positions were compensated for; they were not. */
  readonly window?: Window | undefined;
  readonly replaces: string | null;
  /** Who consents. */
  readonly consent: KeyObject | undefined;
  /** The folder of the state that it says to replace. */
  readonly former: string | null;
}

/** A state with the weights and the curvature of a member. */
export async function copyMember({ state, unscoped }: Member, copy: Copy): Promise<State> {
  const { folder, plan, client, key, salt, window, replaces, consent, former } = copy;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of heldNames)
    await copyFile(heldFile(state.folder, name), heldFile(folder, name));
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(keyFile(folder), pem, { mode: 0o600 });
  const registration = signRegistration(
    {
      ...{ client, plan: planDigest(plan), root: state.registration.root },
      unscoped: saltedUnscoped(unscoped, salt),
      window: window ? windowDigest(window) : null,
      ...{ signer: publicKeyOf(key), replaces },
    },
    key,
    consent,
  );
  const own = { plan, registration, damping: state.damping, unscopedSalt: salt, former };
  return createState(folder, own, window);
}
