// Attacks that get as far as the proofs: one honest bundle of several tiles is made, and taken apart.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { parseKeyFile } from '../../../../compiler/prover/key-file.ts';
import { verifyTiles, type TileClaim } from '../../../../compiler/prover/verify-tiles.ts';
import {
  contextOf,
  tileStatement,
  type Subject,
} from '../../../../stdlib/apex/circuit/statement.ts';
import { ports, tileCircuit } from '../../../../stdlib/apex/circuit/tile.ts';
import { currentWeights } from '../../../../stdlib/apex/client/export.ts';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { receiptDigest } from '../../../../stdlib/apex/documents/receipt.ts';
import { signRegistration } from '../../../../stdlib/apex/documents/registration.ts';
import {
  enroll,
  exportModel,
  openModel,
  openState,
  registrationDigest,
  unlearn,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import {
  bytesOf,
  draft,
  judge,
  load,
  proofOfNothing,
  publicBlocks,
  reasonFor,
  replacedAt,
  rooted,
  save,
  smallLog,
  swapped,
  withHeader,
  type Draft,
  type Forged,
} from '../bundles.ts';
import { codeOf } from '../codes.ts';
import { asEntered } from '../entered.ts';
import { keys as cachedKeys, spread, World } from '../fixture.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let world: World;
let ada: State;
let window: Window;
let plan: Draft;
let honest: Forged;
let circuits: LoweredProgram[];
let keys: string[];
let keyFile: string;

beforeAll(async () => {
  world = await World.make();
  ada = await world.client('ada');
  window = await world.window(spread);
  const out = world.path('honest.apex');
  plan = await draft(ada, window);
  await unlearn({ folder: ada.folder, window, out, log: smallLog, jobs: 1 });
  honest = await load(out, plan);
  circuits = plan.sets.map(({ layout }) => compileCircuit(tileCircuit(world.plan.step, layout)));
  keys = [];
  for (const [set] of circuits.entries()) keys.push(await keyOf(set));
  await world.provider.keys.write(circuits[0]!, keys[0]!);
  const folder = join(world.provider.folder, 'keys');
  keyFile = join(folder, (await readdir(folder))[0]!);
});
afterAll(() => world.remove());

const reason = (forged: Forged | Uint8Array): Promise<string> => reasonFor(world, forged);

/** The key of a set's circuit, from another run or made here: a provider keeps those of accepted bundles alone. */
async function keyOf(set: number): Promise<string> {
  const circuit = circuits[set]!;
  const known = await cachedKeys.read(circuit);
  if (known !== undefined) return known;
  const claims = [claimOf(set, { tile: plan.sets[set]!.first }, 0)];
  const { verificationKey } = await verifyTiles({ circuit, jobs: 1, claims, onVerdict: () => {} });
  await cachedKeys.write(circuit, verificationKey!);
  return verificationKey!;
}

type Change = (statement: Map<string, readonly bigint[]>) => void;
interface Claimed {
  readonly tile: number;
  readonly subject?: Partial<Subject>;
  readonly at?: number;
  readonly change?: Change;
  readonly proof?: Uint8Array;
}

/** The claim of one tile of a set. */
function claimOf(set: number, own: Claimed, number: number): TileClaim {
  const { first, tiles } = plan.sets[set]!;
  const blocks = publicBlocks(ada, plan, honest);
  const places = tiles[own.tile - first]!.map((place) => blocks[place]!);
  const context = contextOf({ ...honest.header, ...own.subject }, own.at ?? own.tile);
  const statement = new Map(tileStatement(context, places));
  own.change?.(statement);
  return { tile: number, statement, proof: own.proof ?? honest.proofs[own.tile]! };
}

test('the bundle has several tiles', () => {
  expect(honest.proofs.length).toBeGreaterThan(1);
  expect(honest.header.proved).toBe(9);
});

describe('bundles', () => {
  test('proofs swapped, or one of them twice', async () => {
    for (const proofs of [
      swapped(honest.proofs, 0, 1),
      replacedAt(honest.proofs, 1, honest.proofs[0]!),
      replacedAt(honest.proofs, 0, honest.proofs[1]!),
    ])
      expect(await reason({ ...honest, proofs })).toBe('bad-proof');
  });

  test('no proofs, or proofs of nothing', async () => {
    const none = honest.proofs.map(() => new Uint8Array(0));
    expect(await reason({ ...honest, proofs: none })).toBe('bad-bundle');
    const proofs = honest.proofs.map(() => proofOfNothing);
    expect(await reason({ ...honest, proofs })).toBe('bad-proof');
  });

  test('a false one: the first, the last; no key is kept', async () => {
    for (const at of [0, honest.proofs.length - 1]) {
      await save(world.path('judged.apex'), {
        ...honest,
        proofs: replacedAt(honest.proofs, at, proofOfNothing),
      });
      const written: string[] = [];
      const { read } = cachedKeys;
      const write = async (_: LoweredProgram, key: string) => void written.push(key);
      const { reason: found } = await world.verify(world.path('judged.apex'), {
        keys: { read: at === 0 ? async () => undefined : read, write },
      });
      expect([found?.code, written]).toEqual(['bad-proof', []]);
    }
  });

  test("a c_b of another block, of another client's, and one of nothing", async () => {
    const bob = await world.client('bob', { seed: 21 });
    for (const commitments of [
      swapped(honest.commitments, 0, 6),
      replacedAt(honest.commitments, 2, plan.forged.commitments[2]!),
      replacedAt(honest.commitments, 8, 5n),
    ])
      expect(await reason(await rooted({ ...honest, commitments }))).toBe('bad-proof');
    expect(registrationDigest(bob.registration)).not.toBe(honest.header.registration);
  });

  test("another client's bundle under one's own registration, with the very leaves", async () => {
    const second = await World.make();
    try {
      // Mallory registers ada's root as its own, under its own key, before the window.
      const ada2 = await second.client('ada');
      const mallory = await second.client('mallory', { seed: 77, enrolled: false });
      const registration = signRegistration(
        {
          ...ada2.registration,
          client: 'mallory',
          signer: mallory.registration.signer,
        },
        await clientKey(mallory),
      );
      const { provider, withBooks } = second;
      const { receipt } = asEntered(await enroll({ provider, withBooks, registration }));
      const own = await second.window(spread);
      const out = second.path('ada.apex');
      await unlearn({ folder: ada2.folder, window: own, out, log: 13, jobs: 1 });
      const stolen = await load(out, await draft(ada2, own, { log: 13 }));
      const { key } = await draft(ada2, own, { log: 13 }).then(({ forged }) => forged);
      const forged = withHeader(stolen, {
        registration: registrationDigest(registration),
        receipt: receiptDigest(receipt),
      });
      expect(await reasonFor(second, { ...forged, key })).toBe('forged-bundle');
      expect(await reasonFor(second, { ...forged, key: await clientKey(mallory) })).toBe(
        'bad-proof',
      );
    } finally {
      await second.remove();
    }
  });
});

describe('the statement of each proof', () => {
  /** Whether the proof of each tile proves its subject and statement; all tiles of one circuit. */
  async function verdicts(claimed: readonly Claimed[]): Promise<boolean[]> {
    const [{ tile }] = claimed as [Claimed];
    const set = plan.sets.findIndex(({ first, tiles }) => tile < first + tiles.length);
    const claims = claimed.map((own, number) => claimOf(set, own, number));
    const accepted: boolean[] = [];
    await verifyTiles({
      circuit: circuits[set]!,
      key: keys[set]!,
      jobs: 1,
      claims,
      onVerdict: ({ tile: number, findings }) => void (accepted[number] = findings.length === 0),
    });
    return accepted;
  }

  const allRefused = async (claimed: readonly Claimed[]): Promise<void> =>
    expect(await verdicts(claimed)).toEqual(claimed.map(() => false));

  const more =
    (port: string, at: number): Change =>
    (statement) =>
      statement.set(
        port,
        statement.get(port)!.map((value, i) => (i === at ? value + 1n : value)),
      );

  test('until one is refused: one verdict for the batch, and no more claims are asked for', async () => {
    let asked = 0;
    const claims = function* (): Generator<TileClaim> {
      for (; asked < 1000; asked++)
        yield claimOf(0, { tile: 0, ...(asked === 70 ? { at: 5 } : {}) }, asked);
    };
    const found: (readonly [number, string])[] = [];
    const { accepted, refused } = await verifyTiles({
      ...{ circuit: circuits[0]!, key: keys[0]!, jobs: 1, claims: claims(), untilRefused: true },
      onVerdict: ({ tile, findings: [finding] }) =>
        void (finding && found.push([tile, finding.message])),
    });
    expect([accepted, refused]).toEqual([64, 1]);
    expect(found).toEqual([[64, expect.stringContaining('or one of the 63 after it')]]);
    expect(asked).toBeLessThan(64 * 5);
  });

  test('as they are', async () => {
    for (const tile of honest.proofs.keys()) expect(await verdicts([{ tile }])).toEqual([true]);
  });

  test('of another plan, registration, receipt, window or tile', async () => {
    const digest = 'e'.repeat(64);
    const subjects = [
      { plan: digest },
      { registration: digest },
      { receipt: digest },
      { window: digest },
    ];
    await allRefused([...subjects.map((subject) => ({ tile: 0, subject })), { tile: 0, at: 1 }]);
  });

  test('any public value changed', async () => {
    const names = [...circuits[0]!.system.ports]
      .filter(({ visibility }) => visibility === 'public')
      .map(({ name, variables }) => ({ name, count: variables.length }));
    expect(names.map(({ name }) => name)).toContain(ports.context);
    await allRefused(
      names.flatMap(({ name, count }) =>
        [...new Set([0, count - 1])].map((at) => ({ tile: 0, change: more(name, at) })),
      ),
    );
  });

  test('bytes of the proof changed, cut, added', async () => {
    const [first] = honest.proofs as [Uint8Array];
    const damaged = (at: number): Uint8Array =>
      first.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
    const proofs = [
      ...Array.from({ length: 40 }, (_, i) => damaged(Math.floor((i * first.length) / 40))),
      first.subarray(0, -1),
      first.subarray(1),
      Buffer.concat([first, new Uint8Array(1)]),
      new Uint8Array(first.length).fill(255),
    ];
    await allRefused(proofs.map((proof) => ({ tile: 0, proof })));
  });
});

test('a key file that is no key of the circuit is made again, and not used', async () => {
  const good = await readFile(keyFile, 'utf8');
  const file = parseKeyFile(good, keyFile);
  const [own] = circuits as [LoweredProgram];
  await writeFile(keyFile, JSON.stringify({ ...JSON.parse(good), digest: 'a'.repeat(64) }));
  expect(await world.provider.keys.read(own)).toBeUndefined();
  await writeFile(keyFile, 'no key');
  expect(await world.provider.keys.read(own)).toBeUndefined();
  await writeFile(keyFile, good);
  expect(await world.provider.keys.read(own)).toBe(file.key);
});

test('a client that reuses salts is warned', async () => {
  const commitments = replacedAt(honest.commitments, 4, honest.commitments[3]!);
  const { warnings, accepted } = await judge(world, await rooted({ ...honest, commitments }));
  expect([accepted, warnings.length]).toEqual([false, 1]);
  expect(warnings[0]).toMatch(/^1 commitments occur twice: the client uses salts again/);
});

describe('in the end', () => {
  test('the honest bundle is accepted', async () => {
    const { accepted, warnings } = await judge(world, honest);
    expect([accepted, warnings]).toEqual([true, []]);
    const current = await world.books.commitment('ada');
    expect(current).toMatchObject({ root: `${honest.header.after}`, epoch: window.epoch });
    expect((await openState(ada.folder)).answers.at(-1)?.root).toBe(honest.header.after);
  });

  test('once: a replay is refused, and enters nothing', async () => {
    const before = await world.books.status();
    expect(await reason(honest)).toBe('replayed-bundle');
    expect(await world.books.status()).toEqual(before);
    expect(before.accepted).toBe(1);
  });

  test('another bundle for the same window is refused', async () => {
    const bytes = await bytesOf(world, replaced());
    expect(await reason(bytes)).toBe('already-unlearned');
    expect((await world.books.status()).accepted).toBe(1);
    function replaced(): Forged {
      return { ...honest, commitments: replacedAt(honest.commitments, 0, 1n) };
    }
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
    const weights = await currentWeights(state);
    const expected: number[] = [];
    for (let number = 0; number < 8; number++) expected.push(...(await weights.block(number)));
    await weights.close();
    const [numbers] = await (
      await openModel(target)
    ).readRanges('first', [{ start: 0, count: 48 }]);
    expect(Array.from(numbers!, (real) => real * 2 ** 14)).toEqual(expected);
    for (const position of spread.filter((each) => each < 48)) expect(numbers![position]).toBe(0);
    // A model that was not registered is not patched.
    const stranger = await openModel(world.path('global.safetensors'));
    expect(await codeOf(() => exportModel({ state, model: stranger, target }))).toBe('other-model');
  });
});
