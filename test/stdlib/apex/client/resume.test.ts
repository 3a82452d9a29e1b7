// A registration that stops between two ranges, and is taken up.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register, type RegisterOptions } from '../../../../stdlib/apex/client/register.ts';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';
import { planDigest } from '../../../../stdlib/apex/documents/plan.ts';
import { heldFile } from '../../../../stdlib/apex/hashing/held-files.ts';
import { weightCount } from '../../../../stdlib/apex/model/index.ts';
import type { Progress } from '../../../../stdlib/apex/report.ts';
import { codeOf } from '../codes.ts';
import { Files, plan, scope } from './files.ts';
import { rootAnew } from './root-anew.ts';

const leaves = weightCount(scope);
const small = { rangeHeight: 4, jobs: 0 } as const;

let files: Files;
beforeAll(async () => {
  files = await Files.make();
});
afterAll(() => files.remove());

/** Registers until `count` leaves are done, and throws then. */
async function stopAfter(count: number, options: RegisterOptions): Promise<void> {
  const report = ({ phase, done }: Progress): void => {
    if (phase === 'committing' && done >= count) throw new Error('stopped');
  };
  await expect(register({ ...options, ...small, report })).rejects.toThrow('stopped');
}

describe('a registration that was stopped', () => {
  test.each([0, 16, 48, leaves])('after %i leaves, is taken up', async (count) => {
    const options = await files.options(`stopped-${count}`);
    await stopAfter(count, options);
    const seed = await readFile(heldFile(options.folder, 'seed'));
    const seen: number[] = [];
    const report = ({ phase, done }: Progress): void => {
      if (phase === 'committing') seen.push(done);
    };
    const state = await register({ ...options, jobs: 0, report });
    expect(seen[0]).toBe(count);
    expect(seen.at(-1)).toBe(leaves);
    expect(await readFile(heldFile(state.folder, 'seed'))).toEqual(seed);
    expect(await rootAnew(state)).toBe(state.registration.root);
    const tree = await readFile(heldFile(state.folder, 'tree'));
    const { root, levels } = await buildTree(new Elements(tree.subarray(0, 32 * leaves)));
    expect(root).toBe(state.registration.root);
    expect(Buffer.compare(tree, Buffer.concat(levels.map(({ bytes }) => bytes)))).toBe(0);
  });

  test('does not make again what is finished', async () => {
    const options = await files.options('kept');
    await stopAfter(32, options);
    const file = heldFile(options.folder, 'tree');
    const bytes = await readFile(file);
    // The leaves of the first two ranges, and of the third, which is to be made again.
    bytes.fill(1, 0, 64).fill(1, 32 * 32, 32 * 33);
    await writeFile(file, bytes);
    await register({ ...options, jobs: 0 });
    const after = await readFile(file);
    expect(after.subarray(0, 64)).toEqual(bytes.subarray(0, 64));
    expect(after.subarray(32 * 32, 32 * 33)).not.toEqual(bytes.subarray(32 * 32, 32 * 33));
  });

  test('is not taken up with other inputs, which are named with the cure', async () => {
    const options = await files.options('inputs');
    await stopAfter(16, options);
    const refuse = async (other: Partial<RegisterOptions>, names: string): Promise<void> => {
      const { folder } = options;
      await expect(register({ ...options, ...other, ...small, folder })).rejects.toThrow(
        `error[other-registration]: ${folder} holds a registration that was begun with another ${names}\n  hint: give what it was begun with, or delete ${folder} and begin anew`,
      );
    };
    const { model, gradients } = await files.options('inputs', { seed: 5 });
    await refuse({ client: 'bob' }, 'client');
    await refuse({ model }, 'model');
    await refuse({ gradients, damping: { absolute: 0.1 } }, 'gradients, damping');
    await refuse({ damping: { relative: 2 } }, 'damping');
    await refuse({ plan: { ...plan, keeps: 'leaves' } }, 'plan');
    const window = {
      plan: planDigest(plan),
      epoch: 1,
      predecessor: null,
      mask: { score: 'saliency', budget: 0.01, masked: 1 },
      history: { positions: Uint32Array.of(3), epochs: Uint32Array.of(1) },
    } as const;
    await refuse({ window }, 'window');
    await register({ ...options, jobs: 0 });
  });

  test('is not taken up under another seed', async () => {
    const options = await files.options('seed');
    await stopAfter(16, options);
    const file = heldFile(options.folder, 'seed');
    await writeFile(file, new Uint8Array(32));
    expect(await codeOf(() => register(options))).toBe('other-registration');
    await rm(file);
    expect(await codeOf(() => register(options))).toBe('other-registration');
  });

  test('has a record of this version', async () => {
    const options = await files.options('version');
    await stopAfter(16, options);
    const file = join(options.folder, 'registering', 'record.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"version":3', '"version":2'));
    expect(await codeOf(() => register(options))).toBe('bad-document');
  });
});
