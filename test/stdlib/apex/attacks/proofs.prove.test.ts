// Attacks that get as far as the proofs: one honest bundle of two tiles is made, and taken apart.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { systemDigest } from '../../../../compiler/constraints/digest.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { parseKeyFile } from '../../../../compiler/prover/key-file.ts';
import { verifyTiles, type TileClaim } from '../../../../compiler/prover/verify-tiles.ts';
import { blocksOf, deal, openLayout, type Deal } from '../../../../stdlib/apex/circuit/layout.ts';
import { ports, tileCircuit } from '../../../../stdlib/apex/circuit/tile.ts';
import { contextOf, tileStatement, type Subject } from '../../../../stdlib/apex/circuit/tiles.ts';
import { blockLeaf } from '../../../../stdlib/apex/commitments/leaf.ts';
import { weightWords } from '../../../../stdlib/apex/commitments/words.ts';
import { touchedBlocks } from '../../../../stdlib/apex/documents/mask.ts';
import { windowDigest } from '../../../../stdlib/apex/documents/window.ts';
import { readHoldings } from '../../../../stdlib/apex/client/state.ts';
import {
  enroll,
  exportModel,
  openModel,
  openState,
  planDigest,
  registrationDigest,
  unlearn,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import {
  bytesOf,
  checksummed,
  judge,
  load,
  placesOf,
  reasonFor,
  rooted,
  withHeader,
  withLeaf,
  type Forged,
} from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { spread, World } from '../fixture.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let world: World;
let ada: State;
let mallory: string;
let window: Window;
let other: Window;
let honest: Forged;
let dealt: Deal;
let circuit: LoweredProgram;
let key: string;
let keyFile: string;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  // Under another name with the very commitment of ada.
  const registration = { ...ada.registration, client: 'mallory' };
  await enroll(world.plan, world.books, registration);
  mallory = registrationDigest(registration);
  window = await world.window(spread);
  // One bit moved within its block: the same blocks are touched.
  other = await world.window([1, ...spread.slice(1)]);
  const out = world.path('honest.apex');
  await unlearn({ folder: ada.folder, window, out, log: 10, jobs: 1 });
  honest = await load(out, placesOf(window, ada, 2));
  dealt = deal(touchedBlocks(world.plan.scope, window.mask.bits), 2);
  circuit = compileCircuit(tileCircuit(world.plan.step, dealt.layout));
  // The provider makes its key while it refuses a bundle.
  await reason({ ...honest, proofs: [honest.proofs[1]!, honest.proofs[0]!] });
  const folder = join(world.provider.folder, 'keys');
  keyFile = join(folder, (await readdir(folder))[0]!);
  key = parseKeyFile(await readFile(keyFile, 'utf8'), keyFile).key;
});
afterAll(() => world.remove());

const reason = (forged: Forged | Uint8Array): Promise<string> => reasonFor(world, forged);

test('the bundle has two tiles, of known masks and of open ones, and the second is filled up', () => {
  expect([honest.proofs.length, honest.header.touched]).toEqual([2, 11]);
  expect(dealt.layout.groups.length).toBeGreaterThan(0);
  expect(dealt.layout.open).toBeGreaterThan(0);
  expect(dealt.tiles[1]).toContain(undefined);
});

describe('bundles', () => {
  test('proofs swapped, or one of them twice', async () => {
    const [first, second] = honest.proofs as [Uint8Array, Uint8Array];
    for (const proofs of [
      [second, first],
      [first, first],
      [second, second],
    ])
      expect(await reason({ ...honest, proofs })).toBe('bad-proof');
  });

  test('no proofs', async () => {
    const proofs = honest.proofs.map(() => new Uint8Array(0));
    expect(await reason({ ...honest, proofs })).toBe('bad-proof');
  });

  test('of a mask with one bit moved: proofs of another window', async () => {
    const tiles = deal(touchedBlocks(world.plan.scope, other.mask.bits), 2);
    const own = compileCircuit(tileCircuit(world.plan.step, tiles.layout));
    const forged = withHeader(
      { ...honest, places: placesOf(other, ada, 2) },
      { window: windowDigest(other), circuit: systemDigest(own.system) },
    );
    expect(await reason(forged)).toBe('bad-proof');
  });

  test("another client's, whose commitment was copied at registration", async () => {
    expect(await reason(withHeader(honest, { registration: mallory }))).toBe('bad-proof');
  });

  test('a masked weight left nonzero, committed to and rooted', async () => {
    const { step } = world.plan;
    const { size } = step;
    const [block] = touchedBlocks(world.plan.scope, window.mask.bits);
    const { weights, curvatureDigests } = await readHoldings(await openState(ada.folder));
    const own = Array.from(weights.subarray(block!.number * size, (block!.number + 1) * size));
    own[block!.mask.indexOf(1)] = 1;
    const salts = new Uint16Array(weightWords(step));
    const after = blockLeaf(step, own, salts, curvatureDigests.get(block!.number));
    const forged = await rooted(withLeaf(honest, 0, { after }), ada, window);
    expect(await reason(forged)).toBe('bad-proof');
  });

  test('touched blocks left as they were', async () => {
    const leaves = honest.leaves.map((leaf) => ({ ...leaf, after: leaf.before }));
    expect(await reason(await rooted({ ...honest, leaves }, ada, window))).toBe('bad-proof');
  });
});

describe('the statement of each proof', () => {
  type Change = (statement: Map<string, readonly bigint[]>) => void;

  /** Whether the proof of a tile proves this subject and statement. */
  async function verdicts(
    claims: readonly { tile: number; subject?: Partial<Subject>; at?: number; change?: Change }[],
    proof: (tile: number) => Uint8Array = (tile) => honest.proofs[tile]!,
  ): Promise<boolean[]> {
    const touched = touchedBlocks(world.plan.scope, window.mask.bits);
    const result: boolean[] = [];
    await verifyTiles({
      circuit,
      key,
      jobs: 1,
      claims: claims.map(({ tile, subject = {}, at = tile, change }, number): TileClaim => {
        const places = dealt.tiles[tile]!.map((place) =>
          place === undefined
            ? undefined
            : { ...honest.leaves[place]!, mask: touched[place]!.mask },
        );
        const context = contextOf({ ...honest.header, ...subject }, at);
        const statement = new Map(tileStatement(world.plan.step, dealt.layout, context, places));
        change?.(statement);
        return { tile: number, statement, proof: proof(tile) };
      }),
      onVerdict: ({ tile, findings }) => void (result[tile] = findings.length === 0),
    });
    return result;
  }

  const with1 =
    (port: string, at: number, to: (value: bigint) => bigint): Change =>
    (statement) =>
      statement.set(
        port,
        statement.get(port)!.map((value, i) => (i === at ? to(value) : value)),
      );
  const flip = (value: bigint): bigint => 1n - value;
  const more = (value: bigint): bigint => value + 1n;

  test('as they are', async () => {
    expect(await verdicts([{ tile: 0 }, { tile: 1 }])).toEqual([true, true]);
  });

  test('of another plan, registration, window, root or tile', async () => {
    const digest = 'e'.repeat(64);
    const claims = [
      { tile: 0, subject: { plan: digest } },
      { tile: 0, subject: { registration: digest } },
      { tile: 0, subject: { window: digest } },
      { tile: 0, subject: { root: 5n } },
      { tile: 0, at: 1 },
      { tile: 1, at: 0 },
    ];
    expect(await verdicts(claims)).toEqual(claims.map(() => false));
  });

  test('any public value changed', async () => {
    // In every open block of the tile, padding blocks too.
    const { layout } = dealt;
    const masks = Array.from({ length: layout.open }, (_, i) =>
      with1(ports.mask, 4 * i + (i % 4), flip),
    );
    const last = blocksOf(layout) - 1;
    const leaves = [ports.before, ports.after].flatMap((port) =>
      [0, 1, last].map((at) => with1(port, at, more)),
    );
    const context = [ports.context, ports.bound].map((port) => with1(port, 0, more));
    const changes = [...masks, ...leaves, ...context].flatMap((change) => [
      { tile: 0, change },
      { tile: 1, change },
    ]);
    expect(await verdicts(changes)).toEqual(changes.map(() => false));
  });

  test('bytes of the proof changed, cut, added', async () => {
    const [first] = honest.proofs as [Uint8Array];
    const damaged = (at: number): Uint8Array =>
      first.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
    const proofs = [
      ...Array.from({ length: 60 }, (_, i) => damaged(Math.floor((i * first.length) / 60))),
      first.subarray(0, -1),
      first.subarray(0, first.length >> 1),
      first.subarray(1),
      Buffer.concat([first, new Uint8Array(1)]),
      Buffer.concat([first, first]),
      new Uint8Array(first.length),
      new Uint8Array(first.length).fill(255),
    ];
    let next = 0;
    const claims = proofs.map(() => ({ tile: 0 }));
    expect(await verdicts(claims, () => proofs[next++]!)).toEqual(proofs.map(() => false));
  });
});

describe('keys', () => {
  test('a file that is no key of the circuit is made again, and not used', async () => {
    const good = await readFile(keyFile, 'utf8');
    const file = parseKeyFile(good, keyFile);
    await writeFile(keyFile, JSON.stringify({ ...JSON.parse(good), digest: 'a'.repeat(64) }));
    expect(await world.provider.keys.read(circuit)).toBeUndefined();
    await writeFile(keyFile, 'no key');
    expect(await world.provider.keys.read(circuit)).toBeUndefined();
    const larger = compileCircuit(tileCircuit(world.plan.step, openLayout(4)));
    await world.provider.keys.write(larger, file.key);
    expect(await world.provider.keys.read(circuit)).toBeUndefined();
    await writeFile(keyFile, good);
    expect(await world.provider.keys.read(circuit)).toBe(file.key);
  });

  test('a bundle that names another circuit', async () => {
    const digest = systemDigest(compileCircuit(tileCircuit(world.plan.step, openLayout(4))).system);
    expect(await reason(withHeader(honest, { circuit: digest }))).toBe('other-circuit');
  });
});

describe('in the end', () => {
  test('the honest bundle is accepted, and moves the client to its new commitment', async () => {
    const { accepted, warnings } = await judge(world, honest);
    expect([accepted, warnings]).toEqual([true, []]);
    const current = await world.books.commitment('ada');
    expect(current).toMatchObject({ sequence: 1, root: `${honest.header.after}` });
    expect((await openState(ada.folder)).root).toBe(honest.header.after);
  });

  test('once: a replay is refused, and enters nothing', async () => {
    const before = await world.books.status();
    expect(await reason(honest)).toBe('replayed-bundle');
    expect(await world.books.status()).toEqual(before);
    expect(before.accepted).toBe(1);
  });

  test('another bundle for the same window is refused', async () => {
    const bytes = await bytesOf(world, withLeaf(honest, 0, { after: 1n }));
    expect(await reason(checksummed(bytes))).toBe('replayed-bundle');
    expect((await world.books.status()).accepted).toBe(1);
  });

  test('a bundle from the weights before is stale', async () => {
    expect(await reason(withHeader(honest, { window: windowDigest(other) }))).toBe(
      'stale-commitment',
    );
  });

  test('the client writes the same bundle again, whatever the size of tiles is now', async () => {
    const out = world.path('again.apex');
    const done = await unlearn({ folder: ada.folder, window, out, log: 12, jobs: 1 });
    expect(done?.again).toBe(true);
    expect(await readFile(out)).toEqual(await readFile(world.path('honest.apex')));
  });

  test('the exported model is what was proved', async () => {
    const target = world.path('unlearned.safetensors');
    const state = await openState(ada.folder);
    const model = await openModel(world.path('ada.safetensors'));
    await exportModel({ state, model, target });
    const { weights } = await readHoldings(state);
    const numbers = await (await openModel(target)).readRanges('first', [{ start: 0, count: 30 }]);
    expect(Array.from(numbers[0]!, (real) => real * 2 ** 14)).toEqual([...weights.subarray(0, 30)]);
    for (const weight of spread.filter((each) => each < 30)) expect(numbers[0]![weight]).toBe(0);
    // A model that was not registered is not patched.
    const stranger = await openModel(world.path('global.safetensors'));
    expect(await codeOf(() => exportModel({ state, model: stranger, target }))).toBe('other-model');
  });

  test('documents name the plan by its digest', () => {
    expect(honest.header.plan).toBe(planDigest(world.plan));
  });
});
