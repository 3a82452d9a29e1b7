// `lethe apex link` and `lethe apex enroll --proof` on the command line, without a proof.
import { access, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openState,
  parseChallenge,
  registrationDigest,
  registrationDocument,
  writeDocument,
  type State,
} from '../../../../stdlib/apex/index.ts';
import { lethe } from '../../../compiler/cli/lethe.ts';
import { World } from '../fixture.ts';
import { closeDraft, draftLink, saveLink, withLinkHeader } from './drafts.ts';

const apex = (...args: readonly string[]) => lethe('apex', ...args);
let world: World;
let provider: string;
let state: State;
let registration: string;
const challenge = (): string => world.path('again.challenge.json');

beforeAll(async () => {
  world = await World.make();
  provider = world.provider.folder;
  const old = await world.client('ada');
  const folder = { enrolled: false, replaces: old.folder, secret: 'secret-again' };
  state = await world.client('ada', folder);
  registration = world.path('again.json');
  await writeDocument(registration, registrationDocument(state.registration));
  // One process at a time has the books.
  await world.books.close();
});
afterAll(() => world.remove());

const enroll = (...more: readonly string[]) =>
  apex('enroll', registration, '--provider', provider, ...more);

test('a challenge, what its link will take, and nothing proved', async () => {
  expect((await enroll()).exit).toBe(0);
  const out = world.path('again.link');
  const args = ['link', challenge(), '--state', state.folder, '--out', out, '--estimate'];
  const { exit, stdout, stderr } = await apex(...args, '--json');
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, estimate: { circuits: 1, tiles: 1 } });
  expect(stderr).toMatch(/75 weights in 14 of 14 blocks that the nonce draws/);
  expect(stderr).toMatch(
    /1 tiles of at most 2\^13 rows in 1 circuits; up to \d+ at a time: .* a link of \d+ kB/,
  );
  await expect(access(out)).rejects.toThrow('ENOENT');
});

test('a challenge of another provider, and a state that it is not for', async () => {
  const text = await readFile(challenge(), 'utf8');
  const forged = world.path('forged.json');
  await writeFile(forged, text.replace(/"nonce":"./, '"nonce":"z'));
  const link = (file: string, folder: string) =>
    apex('link', file, '--state', folder, '--out', world.path('none.link'));
  expect((await link(forged, state.folder)).stderr).toContain('error[bad-document]');
  const nonce = /"nonce":"(.)/.exec(text)![1] === '0' ? '1' : '0';
  await writeFile(forged, text.replace(/"nonce":"./, `"nonce":"${nonce}`));
  expect((await link(forged, state.folder)).stderr).toContain('error[forged-challenge]');
  const other = await link(challenge(), state.former!);
  expect(other.stderr).toContain('error[other-challenge]');
  expect(other.stderr).toContain('lethe apex enroll');
  expect(other.exit).not.toBe(0);
});

test('a refused link: why, and exit 1; the registration stays pending', async () => {
  const file = world.path('wrong.link');
  await writeFile(file, 'no link');
  const garbage = await enroll('--proof', file, '--json');
  expect(garbage.exit).toBe(1);
  expect(JSON.parse(garbage.stdout)).toMatchObject({
    ...{ ok: false, accepted: false },
    reason: { code: 'bad-link' },
  });
  const text = await readFile(challenge(), 'utf8');
  const drawn = parseChallenge(text, 'the challenge', world.plan.signer);
  const own = await draftLink(await openState(state.folder), drawn);
  await saveLink(file, withLinkHeader(own.link, { challenge: '5a'.repeat(32) }));
  await closeDraft(own);
  const refused = await enroll('--proof', file);
  expect(refused.exit).toBe(1);
  expect(refused.stdout + refused.stderr).toMatch(/the link is refused \(other-challenge\): /);
  const again = await enroll('--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    standing: 'pending',
    registration: registrationDigest(state.registration),
  });
});

test('the word of the provider needs no proof', async () => {
  const { exit, stderr } = await enroll('--proof', world.path('wrong.link'), '--replace');
  expect(exit).toBe(2);
  expect(stderr).toContain('error[bad-option]');
});
