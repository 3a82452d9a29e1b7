// The commands of a client that registers with its own key, registers anew, and erases its states.
import { generateKeyPairSync } from 'node:crypto';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  generateSigningKey,
  publicKeyOf,
  readSigningKey,
} from '../../../../stdlib/apex/documents/signature.ts';
import { openState, writeDocument } from '../../../../stdlib/apex/index.ts';
import { windowDocument } from '../../../../stdlib/apex/documents/window.ts';
import { lethe } from '../../../compiler/cli/lethe.ts';
import { spread, World, writeGradients, writeWeights } from '../fixture.ts';
import { openToOthers } from '../open-to-others.ts';

let world: World;
const pem = generateSigningKey();

beforeAll(async () => {
  world = await World.make({ reregister: 'any' });
  await world.client('bob');
  const window = await world.window(spread);
  const key = await world.provider.signingKey();
  await writeDocument(world.path('window.json'), windowDocument(window, key));
  await world.books.close();
  await writeWeights(world.path('p.safetensors'), 3);
  await writeGradients(world.path('g.safetensors'), 4);
  await writeFile(world.path('client.pem'), pem);
});
afterAll(() => world.remove());

async function apex(...args: readonly string[]) {
  const { exit, stdout, stderr } = await lethe('apex', ...args, '--json');
  return { exit, stderr, says: JSON.parse(stdout) as Record<string, unknown> };
}

const register = (state: string, ...more: readonly string[]) =>
  apex(
    ...['register', '--plan', join(world.provider.folder, 'plan.json')],
    ...['--model', world.path('p.safetensors'), '--gradients', world.path('g.safetensors')],
    ...['--client', 'ada', '--state', world.path(state), '--out', world.path(`${state}.json`)],
    ...more,
  );

const enroll = (state: string) =>
  apex('enroll', world.path(`${state}.json`), '--provider', world.provider.folder);

const exists = (name: string): Promise<boolean> =>
  lstat(world.path(name)).then(
    () => true,
    () => false,
  );

test('a key that is none is named, with the way to make one', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(world.path('rsa.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { exit, says } = await register('none', '--key', world.path('rsa.pem'));
  expect(exit).toBe(2);
  expect(says).toMatchObject({ diagnostics: [{ code: 'bad-client-key' }] });
  expect(JSON.stringify(says)).toMatch(/rsa\.pem: a key of type rsa.*openssl genpkey/);
  expect(await exists('none')).toBe(false);
});

test('from a key of the client to a state that is replaced, and erased', async () => {
  const first = await register('first', '--key', world.path('client.pem'));
  const signer = publicKeyOf(readSigningKey(pem));
  expect(first.says).toMatchObject({ ok: true, signer, replaces: null, otherWeights: 0 });
  await enroll('first');
  const receipt = world.path('first.receipt.json');
  await apex('status', '--state', world.path('first'), '--receipt', receipt);
  const known = await apex('status', '--state', world.path('first'));
  expect(known.says).toMatchObject({ epoch: 2, signer, replaces: null, former: null });
  expect(known.says['lambda']).toBe((await openState(world.path('first'))).damping);
  expect(JSON.stringify(known.says)).not.toContain(
    (await openState(world.path('first'))).unscopedSalt,
  );

  const replaces = world.path('first');
  const window = world.path('window.json');
  const next = await register('next', '--replaces', replaces, '--window', window);
  expect(next.says).toMatchObject({ signer, replaces: first.says['registration'] });
  const waiting = await apex('status', '--state', world.path('next'));
  expect(waiting.says).toMatchObject({ epoch: null, former: replaces });
  expect((await enroll('next')).exit).toBe(0);

  const kept = await apex(
    ...['status', '--state', world.path('next')],
    ...['--receipt', world.path('next.receipt.json')],
  );
  expect(kept.says).toMatchObject({ epoch: 2, former: null, replaces: first.says['registration'] });
  expect(kept.stderr).toContain(
    `note: the receipt is kept, so the state that this one replaces was erased: ${replaces}\n`,
  );
  expect(await exists('first')).toBe(false);
  expect(await openToOthers(world.path('next'))).toEqual([]);
  expect(await readFile(world.path('client.pem'), 'utf8')).toBe(pem);

  await writeFile(join(world.path('next'), 'notes.txt'), 'mine');
  const erased = await apex('erase', '--state', world.path('next'));
  expect(erased.says).toMatchObject({ ok: true, stays: [join(world.path('next'), 'notes.txt')] });
  const again = await apex('erase', '--state', world.path('next'));
  expect(again).toMatchObject({ exit: 2, says: { diagnostics: [{ code: 'no-state' }] } });
});

test('a provider is no state', async () => {
  const { exit, says } = await apex('erase', '--state', world.provider.folder);
  expect([exit, says]).toMatchObject([2, { diagnostics: [{ code: 'no-state' }] }]);
});
