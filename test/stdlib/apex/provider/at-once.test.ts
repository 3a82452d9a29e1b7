// Several bundles and registrations of one client at once. Proofs are not verified here: they are the moment in which others go on.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyBundle, type State, type VerifiedBundle } from '../../../../stdlib/apex/index.ts';
import { answer } from '../accepted.ts';
import { draft, save, type Forged } from '../bundles.ts';
import { spread, World, type WorldOptions } from '../fixture.ts';

let world: World;
let ada: State;
const begin = async (options: WorldOptions = {}): Promise<void> => {
  world = await World.make(options);
  ada = await world.client('ada');
};
beforeEach(() => begin());
afterEach(() => world.remove());

const verdictOf = ({ accepted, reason }: VerifiedBundle): string =>
  accepted ? 'accepted' : reason!.code;

/** Verifies a bundle; `meanwhile` runs where its proofs would be verified. */
async function verify(
  name: string,
  forged: Forged,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  await save(world.path(name), forged);
  const checkProofs = async (): Promise<void> => void (await meanwhile());
  return verdictOf(await world.verify(world.path(name), { checkProofs }));
}

/** The files of commitments are those of the current roots. */
async function expectKept(): Promise<void> {
  const files = await readdir(join(world.provider.folder, 'commitments')).catch(() => []);
  const roots = await world.books.currentRoots();
  expect(files.sort()).toEqual(roots.map((root) => `${root}.bin`).sort());
}

/** All wait until as many have come. */
function meeting(count: number): () => Promise<void> {
  let [come, open] = [0, (): void => undefined];
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++come === count) open();
    return all;
  };
}

test('the books are free while proofs are verified', async () => {
  const { forged } = await draft(ada, await world.window(spread));
  const asked = () => world.withBooks((books) => books.status());
  expect(await verify('a.apex', forged, asked)).toBe('accepted');
  await expectKept();
});

test('the same bundle twice: one is accepted, the other is its replay', async () => {
  const { forged } = await draft(ada, await world.window(spread));
  const meet = meeting(2);
  const verdicts = await Promise.all([
    verify('a.apex', forged, meet),
    verify('b.apex', forged, meet),
  ]);
  expect(verdicts.sort()).toEqual(['accepted', 'replayed-bundle']);
  expect(await world.books.status()).toMatchObject({ accepted: 1, rejected: 0 });
  await expectKept();
});

test('two bundles for one window: the second one is judged again with its verdict', async () => {
  const window = await world.window(spread);
  const { forged } = await draft(ada, window);
  const other = (await draft(ada, window, { log: 13 })).forged;
  const meet = meeting(2);
  const verdicts = await Promise.all([
    verify('a.apex', forged, meet),
    verify('b.apex', other, meet),
  ]);
  expect(verdicts.sort()).toEqual(['accepted', 'already-unlearned']);
  await expectKept();
});

test('two windows, the newer one first: the older one is refused, and its file removed', async () => {
  const first = (await draft(ada, await world.window(spread))).forged;
  const second = (await draft(ada, await world.window([1]), { anew: true })).forged;
  const newer = () => verify('b.apex', second);
  expect(await verify('a.apex', first, newer)).toBe('older-window');
  await expectKept();
  expect(await world.books.commitment('ada')).toMatchObject({ root: `${second.header.after}` });
});

test('two windows, in their order: the newer one has kept from what is no longer the last answer', async () => {
  ada = await answer(world, ada, spread);
  const second = (await draft(ada, await world.window([1]))).forged;
  const third = (await draft(ada, await world.window([2]))).forged;
  expect(second.header.kept).toBe(third.header.kept);
  // The second is accepted before the third asks for the commitments that it keeps, and while it waits.
  expect(await verify('c.apex', third, () => verify('b.apex', second))).toBe('stale-commitment');
  await expectKept();
});

test('commitments that are swept before they are read: the books say why', async () => {
  ada = await answer(world, ada, spread);
  const second = (await draft(ada, await world.window([1]))).forged;
  const third = (await draft(ada, await world.window([2]))).forged;
  await save(world.path('c.apex'), third);
  const { plan, withBooks, provider } = world;
  const commitments = {
    ...provider.commitments,
    async read(root: string, count: number) {
      await verify('b.apex', second);
      return provider.commitments.read(root, count);
    },
  };
  const file = world.path('c.apex');
  const own = { plan, withBooks, leaves: provider.leaves, commitments, file };
  expect(verdictOf(await verifyBundle(own))).toBe('stale-commitment');
  await expectKept();
});

test('the same bundle twice, and what it keeps is swept in between: its verdict stands alone', async () => {
  ada = await answer(world, ada, spread);
  const { forged } = await draft(ada, await world.window([1]));
  expect(forged.header.kept).not.toBeNull();
  await save(world.path('b.apex'), forged);
  const { plan, withBooks, provider } = world;
  const commitments = {
    ...provider.commitments,
    async read(root: string, count: number) {
      expect(await verify('a.apex', forged)).toBe('accepted');
      return provider.commitments.read(root, count);
    },
  };
  const file = world.path('b.apex');
  const own = { plan, withBooks, leaves: provider.leaves, commitments, file };
  expect(verdictOf(await verifyBundle(own))).toBe('replayed-bundle');
  expect(await world.books.status()).toMatchObject({ rejected: 0 });
  await expectKept();
});

test('commitments that are lost are an error, and no refusal', async () => {
  ada = await answer(world, ada, spread);
  const { forged } = await draft(ada, await world.window([1]));
  const before = await world.books.status();
  await world.provider.commitments.remove(`${forged.header.kept}`);
  await expect(verify('b.apex', forged)).rejects.toMatchObject({
    diagnostics: [{ code: 'no-commitments' }],
  });
  expect(await world.books.status()).toEqual(before);
});

test('a registration in its place meanwhile: superseded, with leaves that are kept too', async () => {
  const enrolled = () => world.client('ada', { seed: 5, secret: 'again', replace: true });
  const { forged } = await draft(ada, await world.window(spread));
  expect(await verify('a.apex', forged, enrolled)).toBe('superseded');
  await expectKept();

  await world.remove();
  await begin({ keeps: 'leaves' });
  const own = (await draft(ada, await world.window(spread))).forged;
  await save(world.path('a.apex'), own);
  const { plan, withBooks, provider } = world;
  const leaves = {
    ...provider.leaves,
    async read(registration: string, positions: ArrayLike<number>) {
      await enrolled();
      return provider.leaves.read(registration, positions);
    },
  };
  const file = world.path('a.apex');
  const { commitments } = provider;
  expect(verdictOf(await verifyBundle({ plan, withBooks, leaves, commitments, file }))).toBe(
    'superseded',
  );
});

test('a window meanwhile, and another client, change nothing', async () => {
  const window = await world.window(spread);
  const { forged } = await draft(ada, window);
  const meanwhile = async () => {
    await world.window([1]);
    await world.client('bob', { seed: 3 });
  };
  expect(await verify('a.apex', forged, meanwhile)).toBe('accepted');
  await expectKept();
});
