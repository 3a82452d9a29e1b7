// Real workers on a tiny circuit: a few tiles, and a worker that is killed; then every claim that is not so.
import { beforeAll, describe, expect, test } from 'vitest';
import { proveTiles, type ProvingEvent, type TileProof } from '../../../compiler/prover/pool.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import { inFull, testInFull } from '../../full-test.ts';
import { inTier } from '../../tier.ts';
import { half, halfInputs, halving } from './half.ts';

const breaking = new URL('./breaking.ts', import.meta.url).href;

/** Each worker compiles for itself, and takes seconds to start: what needs more of them is tried in full. */
const jobs = inTier({ quick: 1, normal: 1, full: 2 });

const tiles = inTier({ quick: [3, 4], normal: [3, 4], full: [3, 4, 5, 6] });

const proofs = new Map<number, TileProof>();
const events: ProvingEvent[] = [];
let key: string;

beforeAll(async () => {
  const proved = await proveTiles({
    circuit: half,
    imports: [halving],
    tiles,
    jobs,
    inputsOf: (tile) => halfInputs(tile),
    onProof: (tile, proof) => void proofs.set(tile, proof),
    onProgress(event) {
      const first = !events.some((each) => each.event === 'compiled');
      if (first && event.event === 'compiled') process.kill(event.pid, 'SIGKILL');
      events.push(event);
    },
  });
  key = proved.verificationKey!;
});

test('every tile is proved, though a worker was killed', () => {
  expect([...proofs.keys()].sort()).toEqual(tiles);
  for (const [tile, { statement }] of proofs)
    expect(statement).toEqual(
      new Map([
        ['bound', [60n, 60n]],
        ['half', [BigInt(tile), BigInt(tile + 1)]],
      ]),
    );
});

test('the death, the replacement and the tiles are reported', () => {
  const counted = (kind: string): number => events.filter(({ event }) => event === kind).length;
  expect(counted('died')).toBe(1);
  expect(counted('compiled')).toBe(jobs + 1);
  expect(events.flatMap((e) => (e.event === 'proved' ? [e.done] : []))).toEqual(
    tiles.map((_, i) => i + 1),
  );
});

describe('claims', () => {
  const verdicts = new Map<number, string[]>();

  beforeAll(async () => {
    const { statement, proof } = proofs.get(3)!;
    const claims: TileClaim[] = [
      ...[...proofs].map(([tile, claim]) => ({ tile, ...claim })),
      { tile: 20, statement: proofs.get(4)!.statement, proof },
      { tile: 21, statement, proof: proof.slice(0, -1) },
      { tile: 22, statement, proof: Uint8Array.from(proof, (_, i) => (i * 37) % 256) },
      { tile: 23, statement: new Map([...statement, ['half', [1n << 200n, 0n]]]), proof },
      ...(inFull ? [{ tile: 24, statement, proof: Uint8Array.of(1, 2, 3) }] : []),
      { tile: 25, statement: new Map(), proof },
    ];
    const counts = await verifyTiles({
      circuit: half,
      imports: [halving, breaking],
      key,
      claims,
      jobs,
      onVerdict: ({ tile, findings }) =>
        void verdicts.set(
          tile,
          findings.map(({ code }) => code),
        ),
    });
    expect(counts).toEqual({
      accepted: tiles.length,
      refused: inFull ? 6 : 5,
      verificationKey: key,
    });
  });

  test.each(tiles)('tile %i is accepted', (tile) => {
    expect(verdicts.get(tile)).toEqual([]);
  });

  test.each([
    ['of another tile', 20, 'refused'],
    ['cut off', 21, 'bad-proof'],
    ['garbage', 22, 'bad-proof'],
    ['about numbers outside their format', 23, 'bad-statement'],
    ...(inFull ? ([['of bytes that break the verifier', 24, 'verifier-died']] as const) : []),
    ['of nothing', 25, 'bad-statement'],
  ] as const)('one that is %s is refused', (_, tile, code) => {
    expect(verdicts.get(tile)).toEqual([code]);
  });

  testInFull('verified together, those that are not so are named', async () => {
    const { statement, proof } = proofs.get(3)!;
    const claims: TileClaim[] = [
      { tile: 3, statement, proof },
      { tile: 4, ...proofs.get(4)! },
      { tile: 30, statement: proofs.get(4)!.statement, proof },
      { tile: 5, ...proofs.get(5)! },
      { tile: 31, statement, proof: proof.slice(1) },
      { tile: 6, ...proofs.get(6)! },
    ];
    const found: [number, string[]][] = [];
    await verifyTiles({
      circuit: half,
      imports: [halving],
      key,
      claims,
      jobs: 1,
      onVerdict: ({ tile, findings }) => void found.push([tile, findings.map(({ code }) => code)]),
    });
    const good = tiles.map((tile) => [tile, []]);
    const bad = [
      [30, ['refused']],
      [31, ['bad-proof']],
    ];
    expect(found.sort(([a], [b]) => a - b)).toEqual([...good, ...bad]);
  });

  testInFull(
    'no more claims are kept than a worker verifies, and those it verifies next',
    async () => {
      const { statement } = proofs.get(3)!;
      let asked = 0;
      let atFirst = 0;
      function* claims(): Generator<TileClaim> {
        for (; asked < 300; asked++) yield { tile: asked, statement, proof: Uint8Array.of(1) };
      }
      const { refused } = await verifyTiles({
        circuit: half,
        imports: [halving],
        key,
        claims: claims(),
        jobs: 1,
        onVerdict: () => void (atFirst ||= asked),
      });
      expect([refused, asked]).toEqual([300, 300]);
      expect(atFirst).toBeGreaterThan(0);
      expect(atFirst).toBeLessThanOrEqual(128);
    },
  );

  testInFull('a key that is none is no fault of the claims', async () => {
    const claims = [{ tile: 3, ...proofs.get(3)! }];
    const options = { circuit: half, imports: [halving], claims, jobs: 1, onVerdict() {} };
    await expect(verifyTiles({ ...options, key: 'AAAA' })).rejects.toThrow('error[bad-key]');
  });
});

test('a circuit whose hint no module defines is refused by the workers', async () => {
  const proving = proveTiles({
    circuit: half,
    tiles: [0],
    jobs: 1,
    inputsOf: (tile) => halfInputs(tile),
    onProof: () => undefined,
  });
  await expect(proving).rejects.toThrow('error[unknown-hint]');
});
