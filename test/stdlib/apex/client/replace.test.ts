// A registration that replaces another one: whose weights, key and salt it has, and what is refused before a provider sees it.
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../../compiler/files/index.ts';
import { currentWeights } from '../../../../stdlib/apex/client/export.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { register, type RegisterOptions } from '../../../../stdlib/apex/client/register.ts';
import { clientKey, saveAnswer } from '../../../../stdlib/apex/client/state.ts';
import { deadByBlock } from '../../../../stdlib/apex/documents/history.ts';
import { hasConsent } from '../../../../stdlib/apex/documents/registration.ts';
import {
  generateSigningKey,
  publicKeyOf,
  readSigningKey,
} from '../../../../stdlib/apex/documents/signature.ts';
import {
  blockCount,
  openExampleGradients,
  openModel,
  openState,
  parseRegistration,
  registrationDigest,
  registrationDocument,
  windowDigest,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { codeOf } from '../codes.ts';
import { scope, spread, World, writeGradients, writeWeights } from '../fixture.ts';
import { prepare } from '../prepared.ts';

let world: World;
let old: State;
let first: Window;
let second: Window;
let newer: Window;

/** As if all tiles of the answer had been proved. */
async function answer(state: State, window: Window): Promise<State> {
  const { answer: own } = await prepare({ folder: state.folder, window });
  return saveAnswer(await openState(state.folder), own);
}

beforeAll(async () => {
  world = await World.make();
  old = await world.client('ada');
  first = await world.window(spread);
  second = await world.window([1, 70]);
  newer = await world.window([2]);
  old = await answer(await answer(old, first), second);
});
afterAll(() => world.remove());

/** Options of the client with new gradients, and the model that it registered first. */
async function optionsOf(folder: string): Promise<RegisterOptions> {
  await writeGradients(world.path('newer-g.safetensors'), 99);
  return {
    plan: world.plan,
    client: 'ada',
    model: await openModel(world.path('ada.safetensors')),
    gradients: await openExampleGradients(world.path('newer-g.safetensors'), scope),
    damping: { relative: 1 },
    window: second,
    replaces: old.folder,
    folder: world.path(folder),
    jobs: 0,
  };
}

/** Integers of all weights in scope. */
async function registeredWeights(state: State): Promise<number[][]> {
  const holdings = await Holdings.open(state);
  const all: number[][] = [];
  for (let number = 0; number < blockCount(scope); number++)
    all.push([...(await holdings.block(number)).weights]);
  await holdings.close();
  return all;
}

async function weightsOf(state: State): Promise<number[][]> {
  const current = await currentWeights(state);
  const all: number[][] = [];
  for (let number = 0; number < blockCount(scope); number++)
    all.push([...(await current.block(number))]);
  await current.close();
  return all;
}

describe('under a plan with linked', () => {
  test('the weights are θ_u, to the unit; key and salt are taken on; the old key consents', async () => {
    let other = 0;
    const onOtherWeights = (count: number): void => void (other = count);
    const state = await register({ ...(await optionsOf('linked')), onOtherWeights });
    const wanted = await weightsOf(old);
    expect(await registeredWeights(state)).toEqual(wanted);
    for (const [number, entries] of deadByBlock(world.plan, second.history, second.epoch + 1))
      for (const entry of entries) expect(wanted[number]![entry]).toBe(0);
    const before = (await registeredWeights(old)).flat();
    expect(wanted.flat()).not.toEqual(before);
    expect(other).toBe(wanted.flat().filter((x, i) => Math.abs(x - before[i]!) > 1).length);

    const { registration } = state;
    expect(registration).toMatchObject({
      client: 'ada',
      window: windowDigest(second),
      signer: old.registration.signer,
      replaces: registrationDigest(old.registration),
      unscoped: old.registration.unscoped,
    });
    expect(registration.root).not.toBe(old.registration.root);
    expect(hasConsent(registration, old.registration.signer)).toBe(true);
    const text = JSON.stringify(registrationDocument(registration));
    expect(parseRegistration(text, 'registration.json')).toEqual(registration);
    expect(state.former).toBe(old.folder);
    expect(await openState(state.folder)).toEqual(state);
    expect(publicKeyOf(await clientKey(state))).toBe(registration.signer);
  });

  test('the weights of the model do not matter, the tensors out of scope do', async () => {
    const options = await optionsOf('changed');
    const file = world.path('changed.safetensors');
    await writeWeights(file, 12, 30);
    const changed = await openModel(file);
    expect(await codeOf(() => register({ ...options, model: changed }))).toBe('other-model');
    // Past the format of the weights, if they were registered.
    const { tensors } = await readSafetensors(file);
    const { tensors: own } = await readSafetensors(world.path('ada.safetensors'));
    await writeSafetensors(file, { tensors: new Map([...tensors, ['head', own.get('head')!]]) });
    let other = 0;
    const onOtherWeights = (count: number): void => void (other = count);
    const model = await openModel(file);
    const state = await register({ ...options, model, onOtherWeights });
    expect(await registeredWeights(state)).toEqual(await weightsOf(old));
    expect(other).toBe(75);
  });

  test('another key may take over, with the consent of the old one', async () => {
    const key = readSigningKey(generateSigningKey());
    const state = await register({ ...(await optionsOf('keyed')), key });
    expect(state.registration.signer).toBe(publicKeyOf(key));
    expect(publicKeyOf(await clientKey(state))).toBe(publicKeyOf(key));
    expect(hasConsent(state.registration, old.registration.signer)).toBe(true);
    expect(hasConsent(state.registration, state.registration.signer)).toBe(false);
  });

  test('windows before the old registration was entered need no answer', async () => {
    const late = await world.client('late', { window: newer });
    const options = await optionsOf('late-2');
    const model = await openModel(world.path('late.safetensors'));
    const own = { ...options, client: 'late', model, replaces: late.folder, window: newer };
    const state = await register(own);
    expect(await registeredWeights(state)).toEqual(await weightsOf(late));
  });
});

describe('refused before a provider sees it', () => {
  const refused = async (change: Partial<RegisterOptions>): Promise<string> => {
    const options = { ...(await optionsOf('refused')), ...change };
    return codeOf(() => register(options));
  };

  test('an old state without a receipt, of another client or plan, or none', async () => {
    const bob = await world.client('bob', { enrolled: false });
    const model = await openModel(world.path('bob.safetensors'));
    expect(await refused({ client: 'bob', model, replaces: bob.folder })).toBe('no-receipt');
    expect(await refused({ client: 'bob' })).toBe('other-client');
    expect(await refused({ replaces: world.path('none') })).toBe('no-state');
    const plan = { ...world.plan, link: 'all' } as const;
    const { window: _, ...rest } = await optionsOf('refused');
    expect(await codeOf(() => register({ ...rest, plan }))).toBe('other-plan');
  });

  test('a window that is not answered, and one that is not the newest', async () => {
    expect(await refused({ window: newer })).toBe('unanswered-window');
    expect(await refused({ window: first })).toBe('outdated-registration');
    const { window: _, ...rest } = await optionsOf('refused');
    await expect(register(rest)).rejects.toThrow(
      /a window of epoch 2 was issued, and no --window is given/,
    );
    const changed = { ...newer, history: first.history };
    expect(await refused({ window: changed })).toBe('bad-history');
  });

  test('a key that is not Ed25519', async () => {
    const { privateKey } = generateKeyPairSync('x25519');
    expect(await refused({ key: privateKey })).toBe('bad-client-key');
  });
});

test('an interrupted one goes on with the same key and the same old state alone', async () => {
  const options = await optionsOf('stopped');
  const stop = (): never => {
    throw new Error('stopped');
  };
  const report = ({ phase }: { readonly phase: string }): void => {
    if (phase === 'committing') stop();
  };
  await expect(register({ ...options, report })).rejects.toThrow('stopped');
  const key = readSigningKey(generateSigningKey());
  const { replaces: _, ...without } = options;
  await expect(register({ ...options, key })).rejects.toThrow(/begun with another signer\n/);
  await expect(register(without)).rejects.toThrow(/begun with another signer, replaces\n/);
  const state = await register(options);
  expect(state.former).toBe(old.folder);
});

test('under any the weights are those of the model, whatever was answered; under never there is none', async () => {
  const own = await World.make({ reregister: 'any' });
  const never = await World.make({ reregister: 'never' });
  try {
    const before = await own.client('ada');
    await own.window(spread);
    const after = await own.client('ada', {
      seed: 40,
      secret: 'second',
      replaces: before.folder,
      enrolled: false,
    });
    const fresh = await own.client('eve', { seed: 40, enrolled: false });
    expect(await registeredWeights(after)).toEqual(await registeredWeights(fresh));
    expect(hasConsent(after.registration, before.registration.signer)).toBe(true);
    expect(after.unscopedSalt).toBe(before.unscopedSalt);

    const { folder: replaces } = await never.client('ada');
    const again = () => never.client('ada', { secret: 'second', replaces });
    expect(await codeOf(again)).toBe('no-reregistration');
  } finally {
    await own.remove();
    await never.remove();
  }
});
