// The order in which a verifier looks: of two faults the one that is cheaper to find is the reason, and nothing is done or kept beyond it.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestLog, leastLog } from '../../../../stdlib/apex/circuit/tile-size.ts';
import { restated } from '../../../../examples/studies/costs/refusals/bundle-parts.ts';
import { refuse } from '../../../../stdlib/apex/provider/refused.ts';
import type { State, Window } from '../../../../stdlib/apex/index.ts';
import {
  bytesOf,
  draft,
  proofOfNothing,
  reasonBeforeProofs,
  reasonFor,
  replacedAt,
  rooted,
  save,
  withHeader,
  type Forged,
} from '../bundles.ts';
import { spread, World } from '../fixture.ts';

let world: World;
let ada: State;
let window: Window;
let forged: Forged;
beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  forged = (await draft(ada, window)).forged;
});
afterAll(() => world.remove());

type Change = (own: Forged) => Forged | Promise<Forged>;
const digest = 'a'.repeat(64);
const lastProof = (proof: Uint8Array) => (own: Forged) => ({
  ...own,
  proofs: replacedAt(own.proofs, own.proofs.length - 1, proof),
});

/** In the order in which they are found. Each changes what the others leave. */
const faults: readonly (readonly [code: string, what: string, change: Change])[] = [
  ['other-plan', 'another plan', (own) => withHeader(own, { plan: digest })],
  ['bad-coverage', 'a size that is not allowed', (own) => withHeader(own, { log: 32 })],
  ['bad-opening', '2^32 siblings', (own) => withHeader(own, { siblings: 2 ** 32 })],
  ['unknown-registration', 'a registration', (own) => withHeader(own, { registration: digest })],
  ['unknown-window', 'a window', (own) => withHeader(own, { window: digest })],
  ['other-receipt', 'a receipt', (own) => withHeader(own, { receipt: digest })],
  [
    'bad-coverage',
    'a block less',
    async (own) =>
      withHeader(await rooted({ ...own, commitments: own.commitments.slice(1) }), {
        proved: own.header.proved - 1,
      }),
  ],
  ['forged-bundle', 'a key', (own) => ({ ...own, key: generateKeyPairSync('ed25519').privateKey })],
  ['bad-proof', 'random bytes for a proof', lastProof(proofOfNothing.map((byte, i) => byte ^ i))],
  [
    'root-mismatch',
    'a leaf',
    (own) => ({ ...own, leaves: replacedAt(own.leaves, 0, own.leaves[0]! + 1n) }),
  ],
  [
    'bad-coverage',
    'a tile more',
    (own) =>
      withHeader(
        { ...own, proofs: [...own.proofs, proofOfNothing] },
        { tiles: own.proofs.length + 1 },
      ),
  ],
];

describe('two faults', () => {
  test.each(faults.map(([code, what, change], i) => ({ code, what, change, i })))(
    '$code for $what, whatever comes later',
    async ({ code, change, i }) => {
      expect(await reasonBeforeProofs(world, await change(forged))).toBe(code);
      for (const [, , later] of faults.slice(i + 1)) {
        // A change of another part of the header may hide the first one.
        const both = await change(await later(forged));
        expect(await reasonBeforeProofs(world, both)).toBe(code);
      }
    },
  );
});

describe('the length of the file', () => {
  test('any other one than the header gives is refused before the signature', async () => {
    const bytes = await bytesOf(world, forged);
    for (const own of [
      bytes.subarray(0, -1),
      Buffer.concat([bytes, new Uint8Array(1)]),
      Buffer.concat([bytes, bytes]),
    ])
      expect(await reasonFor(world, own)).toBe('bad-bundle');
    for (const length of [0, 7519, 7521, 8000]) {
      const own = lastProof(new Uint8Array(length))(forged);
      expect(await reasonBeforeProofs(world, own)).toBe('bad-bundle');
    }
  });

  test('proofs of other lengths with the same sum', async () => {
    const [first, ...others] = forged.proofs as [Uint8Array, ...Uint8Array[]];
    const proofs = [first.subarray(0, -32), Buffer.concat([others[0]!, first.subarray(-32)])];
    const own = { ...forged, proofs: [...proofs, ...others.slice(1)] };
    expect(await reasonBeforeProofs(world, own)).toBe('bad-proof');
  });

  test('4 GB of nothing after a bundle', async () => {
    const file = world.path('sparse.apex');
    await writeFile(file, await bytesOf(world, forged));
    await truncate(file, 4 * 2 ** 30);
    const before = await world.books.status();
    const { reason } = await world.verify(file);
    expect(reason?.code).toBe('bad-bundle');
    expect(await world.books.status()).toEqual(before);
  });

  test('counts up to 2^32, without the bytes for them', async () => {
    for (const count of [10, 76, 1 << 20, 2 ** 32])
      for (const name of ['proved', 'tiles', 'siblings'] as const) {
        const own = restated(await bytesOf(world, forged), forged, { [name]: count });
        expect(['bad-coverage', 'bad-opening', 'bad-bundle']).toContain(
          await reasonFor(world, own),
        );
      }
  });
});

describe('what is no file', () => {
  const code = async (file: string) => (await world.verify(file)).reason?.code;

  test('a folder, a pipe that nobody writes to, a device', async () => {
    await mkdir(world.path('folder.apex'));
    execFileSync('mkfifo', [world.path('pipe.apex')]);
    await symlink('/dev/zero', world.path('device.apex'));
    for (const name of ['folder', 'pipe', 'device'])
      expect(await code(world.path(`${name}.apex`))).toBe('bad-bundle');
  });

  test('a link is followed; one to itself, or to nothing, is an error of the file', async () => {
    await save(world.path('linked.apex'), forged);
    await symlink(world.path('linked.apex'), world.path('link.apex'));
    await symlink(world.path('loop.apex'), world.path('loop.apex'));
    await symlink(world.path('nothing.apex'), world.path('broken.apex'));
    const reached = world.verify(world.path('link.apex'), {
      checkProofs: () => Promise.reject(new Error('reached')),
    });
    await expect(reached).rejects.toThrow('reached');
    for (const name of ['loop', 'broken'])
      await expect(world.verify(world.path(`${name}.apex`))).rejects.toMatchObject({
        diagnostics: [{ code: 'cannot-read' }],
      });
  });
});

describe('garbage of an enrolled client', () => {
  const none = () => Promise.reject(new Error('a circuit is compiled'));

  test('in tiles of every size: no key is asked for, and none is kept', async () => {
    const garbage = proofOfNothing.map((_, i) => (i * 91) % 256);
    for (let log = leastLog; log <= largestLog; log++) {
      const own = (await draft(ada, window, { log })).forged;
      const proofs = own.proofs.map(() => garbage);
      await save(world.path('garbage.apex'), { ...own, proofs });
      const keys = { read: none, write: none };
      const { reason } = await world.verify(world.path('garbage.apex'), { keys });
      expect(reason?.code).toBe('bad-proof');
    }
    expect(await readdir(join(world.provider.folder, 'keys')).catch(() => [])).toEqual([]);
  });

  test('what is made for a bundle that is refused is not kept', async () => {
    const written: string[] = [];
    const keys = {
      read: async () => undefined,
      write: async (_: unknown, key: string) => void written.push(key),
    };
    const verify = async (accept: boolean) => {
      await save(world.path('judged.apex'), forged);
      return world.verify(world.path('judged.apex'), {
        keys,
        async checkProofs({ keys: own }) {
          await own!.write(undefined as never, `${accept}`);
          if (!accept) refuse('bad-proof', 'tile 0');
        },
      });
    };
    expect((await verify(false)).accepted).toBe(false);
    expect(written).toEqual([]);
    expect((await verify(true)).accepted).toBe(true);
    expect(written).toEqual(['true']);
  });
});
