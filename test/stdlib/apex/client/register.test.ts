// Commitments of a registration, and its refusals.
import { generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnLeaf } from '../../../../stdlib/apex/commitments/column.ts';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { register } from '../../../../stdlib/apex/client/register.ts';
import { clientKey, openState, type State } from '../../../../stdlib/apex/client/state.ts';
import { planDigest, type Plan } from '../../../../stdlib/apex/documents/plan.ts';
import {
  generateSigningKey,
  parseSigningKey,
  publicKeyOf,
} from '../../../../stdlib/apex/documents/signature.ts';
import { windowDigest, type Window } from '../../../../stdlib/apex/documents/window.ts';
import {
  blockNumbering,
  blockOfRows,
  hashUnscoped,
  readMatrix,
  saltedUnscoped,
  weightCount,
} from '../../../../stdlib/apex/model/index.ts';
import {
  columnLengths,
  columnOffsets,
  registeredBlock,
} from '../../../../stdlib/apex/step/index.ts';
import { codeOf } from '../codes.ts';
import { Files, plan, scope } from './files.ts';

let files: Files;
let state: State;
beforeAll(async () => {
  files = await Files.make();
  state = await register(await files.options('alice'));
});
afterAll(() => files.remove());

const numbering = blockNumbering(scope);
const weights = weightCount(scope);

describe('a registration', () => {
  test('commits to the rounded weights and curvature of each block, under the salts of its seed', async () => {
    const { model, gradients } = await files.options('other');
    const holdings = await Holdings.open(state);
    const { damping } = state;
    const [lengths, offsets] = [columnLengths(8), columnOffsets(8)];
    const leaves: bigint[] = [];
    for (let number = 0; number < numbering.count; number++) {
      const block = numbering.at(number);
      const tensor = scope.tensors.find(({ name }) => name === block.tensor)!;
      const { data } = await readMatrix(model, tensor);
      const rows = await gradients.readBlocks(tensor, { first: block.index, count: 1 });
      const own = registeredBlock(plan.step, {
        weights: Float64Array.from(data.slice(block.start, block.start + block.length)),
        gradients: blockOfRows(rows, { block, first: block }),
        damping,
        dead: [],
      });
      const held = await holdings.block(number);
      expect([...held.weights]).toEqual([...own.weights].map((x) => Math.floor(x * 2 ** 14 + 0.5)));
      expect([...held.root]).toEqual([...own.root].map((x) => Math.floor(x * 2 ** 11 + 0.5)));
      held.weights.forEach((weight, i) => {
        const column = held.root.subarray(offsets[i], offsets[i + 1]);
        const salts = holdings.saltOf(block.first + i, lengths[i]!);
        leaves.push(columnLeaf(plan.step, lengths[i]!, weight, column, salts));
      });
    }
    expect(leaves).toHaveLength(weights);
    const { root } = await buildTree(Elements.from(leaves));
    expect(state.registration.root).toBe(root);
    expect(await holdings.tree().root()).toBe(root);
    for (const position of [0, 50, weights - 1])
      expect(await holdings.leaf(position)).toBe(leaves[position]);
    await holdings.close();
  });

  test('says what it was made of, and is opened again', async () => {
    const { model } = await files.options('other');
    expect(state.registration).toMatchObject({
      client: 'alice',
      plan: planDigest(plan),
      unscoped: saltedUnscoped(await hashUnscoped(model, scope), state.unscopedSalt),
      window: null,
      signer: publicKeyOf(await clientKey(state)),
      replaces: null,
      consent: null,
    });
    expect(state.former).toBeNull();
    expect(await openState(state.folder)).toEqual(state);
  });

  test('is secret: a folder and files of the client alone, and nothing of the work is left', async () => {
    expect((await stat(state.folder)).mode & 0o777).toBe(0o700);
    const names = await readdir(state.folder);
    expect(names.sort()).toEqual(
      [
        ...['client.key', 'plan.json', 'registration.json', 'root.bin', 'seed.bin'],
        ...['state.json', 'tree.bin', 'weights.bin'],
      ].sort(),
    );
    for (const name of names)
      expect((await stat(join(state.folder, name))).mode & 0o777, name).toBe(0o600);
  });

  test('has salts, a key and leaves of its own, though all else is the same', async () => {
    const again = await register(await files.options('again'));
    const [one, two] = [await Holdings.open(state), await Holdings.open(again)];
    for (let position = 0; position < weights; position += 20) {
      expect(one.saltOf(position, 8)).not.toEqual(two.saltOf(position, 8));
      expect(await one.leaf(position)).not.toBe(await two.leaf(position));
    }
    expect(again.registration.signer).not.toBe(state.registration.signer);
    await Promise.all([one.close(), two.close()]);
  });
});

describe('a key of the client', () => {
  const pem = generateSigningKey();

  test('is read from a file, and copied into the state', async () => {
    const key = parseSigningKey(pem, 'client.pem');
    const own = await register({ ...(await files.options('keyed')), key });
    expect(own.registration.signer).toBe(publicKeyOf(key));
    expect(await readFile(join(own.folder, 'client.key'), 'utf8')).toBe(pem);
  });

  test('of another kind, a public one, one with a passphrase, and a text that is none', async () => {
    const pair = generateKeyPairSync('ed25519');
    const bad = [
      generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      pair.publicKey.export({ type: 'spki', format: 'pem' }),
      pair.privateKey.export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'secret',
      }),
      'no key',
    ];
    for (const text of bad)
      expect(() => parseSigningKey(`${text}`, 'client.pem')).toThrow(
        /error\[bad-client-key\]: client\.pem: [^]*openssl genpkey -algorithm ed25519/,
      );
  });
});

describe('dead positions', () => {
  const positions = Uint32Array.from([0, 3, 8, 80, weights - 1]);
  const window: Window = {
    plan: planDigest(plan),
    epoch: 4,
    predecessor: 'a'.repeat(64),
    mask: { score: 'saliency', budget: 0.01, masked: 2 },
    history: { positions, epochs: Uint32Array.from([1, 4, 2, 4, 3]) },
  };

  const expectDead = async (own: State, dead: ArrayLike<number>): Promise<void> => {
    const holdings = await Holdings.open(own);
    const whole = await Holdings.open(state);
    const offsets = columnOffsets(8);
    for (const position of Array.from(dead)) {
      const { number, entry } = numbering.of(position);
      const block = await holdings.block(number);
      expect(block.weights[entry]).toBe(0);
      expect(new Set(block.root.subarray(offsets[entry], offsets[entry + 1]))).toEqual(
        new Set([0]),
      );
      expect([...block.weights]).not.toEqual([...(await whole.block(number)).weights]);
    }
    const other = await holdings.block(5);
    expect(other).toEqual(await whole.block(5));
    await Promise.all([holdings.close(), whole.close()]);
  };

  test('of the last window are compensated for, and the window is named', async () => {
    const own = await register({ ...(await files.options('newcomer')), window });
    expect(own.registration.window).toBe(windowDigest(window));
    expect(own.compensated?.epoch).toBe(4);
    await expectDead(own, positions);
  });

  test('of predecessors of the plan are compensated for without a window', async () => {
    const dead = new Uint8Array(Math.ceil(weights / 8));
    dead[0] = 0b1001;
    const follower: Plan = {
      ...plan,
      predecessor: { plan: 'b'.repeat(64), window: null, dead },
    };
    const own = await register({ ...(await files.options('follower')), plan: follower });
    expect(own.registration.window).toBeNull();
    await expectDead(own, [0, 3]);
  });

  test('of a window of another plan', async () => {
    const options = await files.options('wrong');
    const action = () => register({ ...options, window: { ...window, plan: 'c'.repeat(64) } });
    expect(await codeOf(action)).toBe('other-plan');
  });
});

describe('refusals', () => {
  test('a state that is there, and a name that is none', async () => {
    expect(await codeOf(async () => register(await files.options('alice')))).toBe('state-exists');
    const options = await files.options('nameless');
    expect(await codeOf(() => register({ ...options, client: 'a b' }))).toBe('bad-client');
  });

  test('weights past the format: tensor, entry, value and cure, and the folder can be used again', async () => {
    const options = await files.options('large', { scale: 2.5 });
    await expect(register(options)).rejects.toThrow(
      /tensor "first", weight \d+ of \[out, in\]: -?2\.\d+ does not fit q16\.14, which holds -2 to 1\.99\d+[^]*--weight-range/,
    );
    await register(await files.options('large'));
  });

  test('a curvature that no S could be proved with', async () => {
    const options = await files.options('steep');
    const step = { ...plan.step, tolerance: plan.step.tolerance / 64 };
    await expect(register({ ...options, plan: { ...plan, step } })).rejects.toThrow(
      /error\[not-provable\]: tensor "first", block \d+, weights from \d+ on: [^]*--damping/,
    );
  });

  test('gradients that are all 0, where λ depends on them', async () => {
    const options = await files.options('flat');
    const flat = {
      ...options.gradients,
      readBlocks: async (...given: Parameters<typeof options.gradients.readBlocks>) =>
        (await options.gradients.readBlocks(...given)).map((row) => row.map(() => 0)),
    };
    expect(await codeOf(() => register({ ...options, gradients: flat }))).toBe('no-curvature');
    await register({ ...options, gradients: flat, damping: { absolute: 0.5 } });
  });
});

describe('an old or a damaged state', () => {
  test('version 2 is refused by name', async () => {
    const file = join(state.folder, 'state.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"version": 3', '"version": 2'));
    await expect(openState(state.folder)).rejects.toThrow(
      /version 2 of apex-state, and version 3 is expected/,
    );
    await writeFile(file, text);
    expect(await codeOf(() => openState(files.path('none')))).toBe('no-state');
  });

  test.each(['weights', 'root', 'tree', 'seed'])('a changed byte of %s.bin', async (name) => {
    const file = join(state.folder, `${name}.bin`);
    const bytes = await readFile(file);
    const changed = Buffer.from(bytes);
    changed[7]! ^= 1;
    await writeFile(file, changed);
    expect(await codeOf(() => Holdings.open(state))).toBe('changed');
    await writeFile(file, bytes);
  });
});
