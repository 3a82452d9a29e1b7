// `lethe apex` where something is wrong: errors that name the file, the tensor, the value, the cure. Its help is tested in test/compiler/cli.
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lethe } from '../../compiler/cli/lethe.ts';
import {
  challengeDigest,
  parseChallenge,
  planDocument,
  registrationDigest,
  registrationDocument,
  writeDocument,
  maskDocument,
  defaults,
  type Registration,
  type State,
} from '../../../stdlib/apex/index.ts';
import { clientKey } from '../../../stdlib/apex/client/state.ts';
import { signRegistration } from '../../../stdlib/apex/documents/registration.ts';
import { parseReceipt } from '../../../stdlib/apex/documents/receipt.ts';
import { windowDocument } from '../../../stdlib/apex/documents/window.ts';
import { copyEmptyBooks } from './books/template.ts';
import { tier } from '../../tier.ts';
import { maskOf, spread, World, writeGradients, writeStatistics, writeWeights } from './fixture.ts';

const apex = (...args: readonly string[]) => lethe('apex', ...args);
let world: World;
let provider: string;
let ada: State;

beforeAll(async () => {
  world = await World.make();
  provider = world.provider.folder;
  ada = await world.client('ada');
  const key = await world.provider.signingKey();
  const window = await world.window(spread);
  const document = windowDocument(window, key) as object;
  await writeDocument(world.path('window.json'), { ...document });
  await writeDocument(world.path('forged.json'), {
    ...document,
    mask: { ...window.mask, budget: 1 },
  });
  const mask = { ...maskOf(world.plan, spread), plan: '0'.repeat(64) };
  await writeDocument(world.path('other-mask.json'), maskDocument(mask));
  await writeDocument(world.path('registration.json'), registrationDocument(ada.registration));
  await writeWeights(world.path('large.safetensors'), 5, 40);
  await writeGradients(world.path('steep.safetensors'), 5, 0.1);
  await writeStatistics(world.path('forget.safetensors'), 5);
  await writeDocument(world.path('scope.json'), { lethe: 'scope', version: 1, tensors: ['first'] });
  // One process at a time has the books.
  await world.books.close();
});
afterAll(() => world.remove());

describe('errors', () => {
  /** What is said on the way out; the exit code is that of an error. */
  async function says(...args: readonly string[]): Promise<string> {
    const { exit, stdout, stderr } = await apex(...args);
    expect(exit).not.toBe(0);
    return stdout + stderr;
  }
  const register = (
    model: string,
    gradients: string,
    state = 'secret-new',
    plan = '',
  ): string[] => [
    ...['register', '--plan', plan || `${provider}/plan.json`, '--model', world.path(model)],
    ...['--gradients', world.path(gradients), '--client', 'bob', '--state', world.path(state)],
    ...['--out', world.path('out.json')],
  ];

  test('a weight past the range: file, tensor, number, value, cure', async () => {
    const text = await says(...register('large.safetensors', 'steep.safetensors'));
    expect(text).toMatch(
      /error\[out-of-format\]: .*large\.safetensors: tensor "first", weight \d+/,
    );
    expect(text).toMatch(/does not fit q16\.14, which holds -2 to 1\.9/);
    expect(text).toContain('--weight-range');
  });

  test('a file without gradients', async () => {
    const text = await says(...register('ada.safetensors', 'global.safetensors'));
    expect(text).toContain('global.safetensors');
    expect(text).toContain('begins with none of grad.');
    expect(text).toContain('docs/bring-your-model.md');
  });

  test('a state folder that is one already', async () => {
    const text = await says(...register('ada.safetensors', 'ada-g.safetensors', 'secret-ada'));
    expect(text).toMatch(/error\[state-exists\]: .*secret-ada/);
  });

  test('a plan for another model', async () => {
    const { plan } = world;
    const [first] = plan.scope.tensors;
    const tensors = [{ ...first!, name: 'third' }];
    const other = { ...plan, scope: { ...plan.scope, tensors } };
    await writeDocument(world.path('other-plan.json'), planDocument(other));
    const text = await says(
      ...register('ada.safetensors', 'ada-g.safetensors', 'new', world.path('other-plan.json')),
    );
    expect(text).toContain('third');
    expect(text).toContain('ada.safetensors');
  });

  test('a plan that is no plan', async () => {
    const text = await says(
      ...register('ada.safetensors', 'ada-g.safetensors', 'new', world.path('window.json')),
    );
    expect(text).toMatch(/error\[bad-document\]: .*window\.json: not apex-plan, but apex-window/);
  });

  const unlearn = (window: string): string[] => [
    ...['unlearn', world.path(window), '--state', world.path('secret-ada')],
    ...['--out', world.path('bundle.apex')],
  ];

  test('a window that was changed, and a file that is none', async () => {
    expect(await says(...unlearn('forged.json'))).toMatch(/error\[forged-window\]: .*forged\.json/);
    expect(await says(...unlearn('registration.json'))).toContain('not apex-window');
    expect(await says(...unlearn('nothing.json'))).toMatch(/error\[cannot-read\]: .*nothing\.json/);
  });

  test('a mask of another plan', async () => {
    const text = await says(
      ...['window', world.path('other-mask.json'), '--provider', provider],
      ...['--out', world.path('out.json')],
    );
    expect(text).toContain('error[other-plan]');
  });

  test('folders that are not what they should be', async () => {
    const none = world.path('none');
    expect(await says('status', '--provider', none)).toMatch(/error\[no-provider\]: .*none/);
    expect(await says('status', '--state', none)).toMatch(/error\[no-state\]: .*none/);
    expect(await says('status')).toContain('--provider or --state');
    const model = world.path('global.safetensors');
    expect(await says('plan', '--model', model, '--block-size', '4', '--out', provider)).toContain(
      'error[',
    );
  });

  test('a bundle that is none: the reason, and exit 1', async () => {
    await writeFile(world.path('garbage.apex'), 'garbage');
    const { exit, stdout, stderr } = await apex(
      ...['verify', world.path('garbage.apex'), '--provider', provider],
    );
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^refused \(bad-bundle\): .*garbage\.apex/);
    const json = await apex('verify', world.path('garbage.apex'), '--provider', provider, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      accepted: false,
      reason: { code: 'bad-bundle' },
    });
  });

  test('numbers out of range are refused before any work', async () => {
    const model = world.path('global.safetensors');
    for (const [option, value] of [
      ['--block-size', '0'],
      ['--block-size', '65'],
      ['--weight-bits', '40'],
      ['--weight-range', '-1'],
      ['--tolerance', '0'],
    ] as const)
      expect(await says('plan', '--model', model, '--out', 'p', option, value)).toContain(option);
  });
});

test('register takes the default of λ, in multiples of the mean squared gradient', async () => {
  const { stdout } = await apex(
    ...['register', '--plan', `${provider}/plan.json`, '--model', world.path('ada.safetensors')],
    ...['--gradients', world.path('ada-g.safetensors'), '--client', 'eve', '--json'],
    ...['--state', world.path('secret-eve'), '--out', world.path('eve.json')],
  );
  const { lambda } = JSON.parse(stdout) as { lambda: number };
  // Ada took the mean squared gradient itself, of the same gradients.
  expect(lambda).toBeCloseTo(defaults.damping * ada.damping, 12);
});

test('a provider that keeps leaves wants those that come with a registration', async () => {
  const kept = ['--provider', world.path('keeping')];
  const plan = ['plan', '--model', world.path('global.safetensors'), '--block-size', '4'];
  const own = ['--keep', 'leaves', '--scope', world.path('scope.json')];
  const out = ['--out', world.path('keeping')];
  const known = await apex(...plan, ...own, ...out);
  expect([known.exit, known.stderr]).toEqual([2, expect.stringContaining('error[known-model]')]);
  const made = await apex(...plan, ...own, ...out, '--after', provider, '--json');
  expect(made.stderr + made.stdout).toContain('"after":');
  // Else `enroll` begins them.
  if (tier !== 'full') await copyEmptyBooks(world.path('keeping/books'));
  const registered = await apex(
    ...['register', '--plan', world.path('keeping/plan.json')],
    ...['--model', world.path('ada.safetensors'), '--gradients', world.path('ada-g.safetensors')],
    ...['--client', 'eve', '--state', world.path('secret-kept'), '--out', world.path('kept.json')],
  );
  expect(registered.stdout).toContain(`send it, and ${world.path('kept.leaves')}, to the provider`);
  await rename(world.path('kept.leaves'), world.path('elsewhere'));
  const without = await apex('enroll', world.path('kept.json'), ...kept);
  expect([without.exit, without.stderr]).toEqual([2, expect.stringContaining('error[no-leaves]')]);
  const leaves = ['--leaves', world.path('elsewhere')];
  const entered = await apex('enroll', world.path('kept.json'), ...kept, ...leaves, '--json');
  expect(JSON.parse(entered.stdout)).toMatchObject({
    ok: true,
    client: 'eve',
    epoch: 1,
    uncompensated: 0,
    out: world.path('kept.receipt.json'),
  });
});

test('enroll writes a receipt, the same each time, and warns of what nothing makes up for', async () => {
  const enrolled = async (...more: readonly string[]) =>
    apex('enroll', world.path('bob.json'), '--provider', provider, ...more);
  await apex(
    ...['register', '--plan', `${provider}/plan.json`, '--model', world.path('ada.safetensors')],
    ...['--gradients', world.path('ada-g.safetensors'), '--client', 'bob'],
    ...['--state', world.path('secret-bob'), '--out', world.path('bob.json')],
  );
  const first = await enrolled();
  expect(first.stdout).toContain('bob is registered in epoch 2');
  expect(first.stdout).toContain(`warning: ${spread.length} weights died`);
  const read = (file: string) => readFile(world.path(file), 'utf8');
  const text = await read('bob.receipt.json');
  expect(parseReceipt(text, 'receipt', world.plan.signer).epoch).toBe(2);
  await enrolled('--out', world.path('again.json'));
  expect(await read('again.json')).toBe(text);
});

test('a newcomer takes the newest window along', async () => {
  const { exit, stdout } = await apex(
    ...['register', '--plan', `${provider}/plan.json`, '--model', world.path('ada.safetensors')],
    ...['--gradients', world.path('ada-g.safetensors'), '--client', 'cy', '--json'],
    ...['--window', world.path('window.json')],
    ...['--state', world.path('secret-cy'), '--out', world.path('cy.json')],
  );
  expect([exit, (JSON.parse(stdout) as { window: string }).window]).toEqual([
    0,
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  const entered = await apex('enroll', world.path('cy.json'), '--provider', provider, '--json');
  expect(JSON.parse(entered.stdout)).toMatchObject({ epoch: 2, uncompensated: 0 });
});

describe('a client that registers anew', () => {
  /** The file of a registration of zed, with another root for another version. */
  async function registration(version: number, change: Partial<Registration> = {}) {
    const { digest: window } = JSON.parse(
      (await apex('status', '--provider', provider, '--json')).stdout,
    ).windows.at(-1) as { digest: string };
    const own = { ...ada.registration, client: 'zed', root: BigInt(version), window, ...change };
    const key = await clientKey(ada);
    const signed = signRegistration(own, key, own.replaces === null ? undefined : key);
    const file = world.path(`zed-${version}.json`);
    await writeDocument(file, registrationDocument(signed));
    return { file, digest: registrationDigest(signed) };
  }
  const enroll = (file: string, ...more: readonly string[]) =>
    apex('enroll', file, '--provider', provider, ...more);

  test('a refused one: why, what to do, and exit 1', async () => {
    const { file } = await registration(1);
    expect((await enroll(file)).exit).toBe(0);
    const stranger = await registration(9, { client: 'ZED' });
    const refused = await enroll(stranger.file);
    expect([refused.exit, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/error\[taken-name\]: the name ZED is registered/);
    expect(refused.stderr).toContain('--replaces');
    const json = await enroll(stranger.file, '--json');
    expect(json.exit).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'taken-name' }],
    });
    const text = await readFile(file, 'utf8');
    await writeFile(stranger.file, text.replace('"client":"zed"', '"client":"zoe"'));
    const forged = await enroll(stranger.file);
    expect([forged.exit, forged.stderr]).toEqual([
      1,
      expect.stringContaining('error[forged-registration]'),
    ]);
  });

  test('a challenge in place of a receipt, the same each time; status tells', async () => {
    const first = await registration(1);
    const next = await registration(2, { replaces: first.digest });
    const { exit, stdout } = await enroll(next.file);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/registration [0-9a-f]{16}… of zed is pending in epoch 2/);
    const file = world.path('zed-2.challenge.json');
    expect(stdout).toContain(file);
    const text = await readFile(file, 'utf8');
    const challenge = parseChallenge(text, file, world.plan.signer);
    const again = await enroll(next.file, '--json', '--out', world.path('again.json'));
    expect(JSON.parse(again.stdout)).toEqual({
      ok: true,
      standing: 'pending',
      client: 'zed',
      registration: next.digest,
      epoch: 2,
      replaces: first.digest,
      challenge: challengeDigest(challenge),
      out: world.path('again.json'),
    });
    expect(await readFile(world.path('again.json'), 'utf8')).toBe(text);
    const status = await apex('status', '--provider', provider);
    expect(status.stdout).toMatch(
      /client zed: registered in epoch 2, .*\n {2}pending: registration [0-9a-f]{16}… of epoch 2 waits for its link; challenge [0-9a-f]{16}…/,
    );
  });

  test("by the provider's word", async () => {
    const [first, next] = [
      await registration(1),
      await registration(3, { unscoped: '0'.repeat(64) }),
    ];
    const { stdout } = await enroll(next.file, '--replace', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      standing: 'current',
      entered: 'replace',
      epoch: 2,
      out: world.path('zed-3.receipt.json'),
    });
    for (const file of [first.file, world.path('zed-2.json')]) {
      const { exit, stderr } = await enroll(file);
      expect([exit, stderr]).toEqual([1, expect.stringContaining('error[superseded]')]);
    }
    const text = await apex('status', '--provider', provider);
    expect(text.stdout).toContain("client zed: registered in epoch 2 by the provider's word");
    const status = await apex('status', '--provider', provider, '--json');
    const { clients } = JSON.parse(status.stdout) as { clients: readonly object[] };
    expect(clients).toContainEqual(
      expect.objectContaining({ client: 'zed', entered: 'replace', pending: null }),
    );
  });
});

test('plan takes how clients may register anew', async () => {
  const out = world.path('policy');
  const made = await apex(
    ...['plan', '--model', world.path('ada.safetensors'), '--scope', world.path('scope.json')],
    ...['--reregister', 'never', '--link', 'all', '--out', out, '--json'],
  );
  expect(JSON.parse(made.stdout)).toMatchObject({ ok: true, reregister: 'never', link: 'all' });
  const text = await readFile(world.path('policy/plan.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ reregister: 'never', link: 'all' });
  await rm(out, { recursive: true });
  const told = await apex(
    ...['plan', '--model', world.path('ada.safetensors'), '--scope', world.path('scope.json')],
    ...['--block-size', '4', '--link', '3', '--out', out],
  );
  // One of 12 blocks is cheated in.
  expect(told.stdout).toContain(
    'on 3 of 12 blocks: cheating in 5 % of them is caught with a probability of 25 %',
  );
  await rm(out, { recursive: true });
});

test('leaves for a provider that keeps none are refused', async () => {
  const given = ['--leaves', world.path('registration.json')];
  const { exit, stderr } = await apex(
    ...['enroll', world.path('registration.json'), '--provider', provider, ...given],
  );
  expect([exit, stderr]).toEqual([
    expect.not.toBeOneOf([0]),
    expect.stringContaining('error[bad-option]'),
  ]);
});

test('no window under a plan that another plan follows', async () => {
  const model = world.path('global.safetensors');
  await writeDocument(world.path('own-mask.json'), maskDocument(maskOf(world.plan, [1, 2])));
  const window = () =>
    apex(
      ...['window', world.path('own-mask.json'), '--provider', provider],
      ...['--out', world.path('late.json')],
    );
  const next = world.path('next');
  // Another plan beside it, which this one does not follow, and a state under that plan.
  for (const name of ['keeping', 'secret-kept'])
    await rm(world.path(name), { recursive: true, force: true });
  const made = await apex(
    ...['plan', '--model', model, '--scope', world.path('scope.json'), '--after', provider],
    ...['--out', next],
  );
  expect(made.stderr).toBe('');
  const { exit, stderr } = await window();
  await rm(next, { recursive: true });
  expect([exit, stderr]).toEqual([
    expect.not.toBeOneOf([0]),
    expect.stringContaining('error[followed-plan]'),
  ]);
});

test('mask and status work on the same folder', async () => {
  const out = world.path('mask.json');
  await copyFile(world.path('global.safetensors'), world.path('theta.safetensors'));
  const made = await apex(
    ...['mask', '--provider', provider, '--model', world.path('theta.safetensors')],
    ...[
      '--statistics',
      world.path('forget.safetensors'),
      '--budget',
      '0.1',
      '--out',
      out,
      '--json',
    ],
  );
  expect(JSON.parse(made.stdout)).toMatchObject({ ok: true, masked: 8, blocks: 14 });
  const status = await apex('status', '--provider', provider, '--json');
  expect(JSON.parse(status.stdout)).toMatchObject({ epoch: 2, windows: [{ epoch: 1 }] });
  // Cy came after the window, and has compensated for it.
  const { masked, clients } = JSON.parse(status.stdout) as {
    masked: number;
    clients: readonly object[];
  };
  expect(masked).toBe(spread.length);
  expect(clients).toContainEqual(
    expect.objectContaining({ client: 'ada', dead: 0, uncompensated: 0 }),
  );
  expect(clients).toContainEqual(
    expect.objectContaining({ client: 'cy', dead: spread.length, uncompensated: 0 }),
  );
});
