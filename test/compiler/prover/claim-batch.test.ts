// What becomes of claims when a worker dies of them. The workers are made up: some bytes kill them, some are refused.
import { describe, expect, test } from 'vitest';
import { ClaimBatch } from '../../../compiler/prover/claim-batch.ts';
import type { Verdict } from '../../../compiler/prover/verify-tiles.ts';
import type { VerifyRequest, VerifyResult } from '../../../compiler/prover/verify-worker.ts';
import { WorkerDied, type WorkerProcess } from '../../../compiler/prover/workers/spawn.ts';

const [good, refused, aborting, killing] = [0, 1, 2, 3];

/** Notes the first bytes of the proofs that it is asked for at once. */
function worker(asked: number[][]): WorkerProcess {
  return {
    pid: 1,
    ask: <Result>(message: object): Promise<Result> => {
      const bytes = (message as VerifyRequest).claims.map(({ proof }) => proof[0]!);
      asked.push(bytes);
      if (bytes.includes(killing)) return Promise.reject(new WorkerDied(null, 'SIGKILL', ''));
      if (bytes.includes(aborting)) return Promise.reject(new WorkerDied(134, null, ''));
      const refusal = { code: 'refused', message: '' };
      const findings = bytes.map((byte) => (byte === refused ? [refusal] : []));
      const result: VerifyResult = { findings };
      return Promise.resolve(result as Result);
    },
    kill: () => Promise.resolve(),
  };
}

/** As a crew does it: a new worker after each death, until there are verdicts. Tile t has t as its proof's place. */
async function verdictsOn(
  bytes: readonly number[],
): Promise<{ readonly codes: (string | undefined)[]; readonly asked: number[][] }> {
  const asked: number[][] = [];
  const claims = bytes.map((byte, tile) => ({
    tile,
    statement: new Map<string, readonly bigint[]>(),
    proof: Uint8Array.of(byte),
  }));
  const batch = new ClaimBatch(claims);
  let verdicts: readonly Verdict[] | undefined;
  while (!verdicts) {
    try {
      verdicts = await batch.verify(worker(asked));
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      verdicts = batch.died(error);
    }
  }
  expect(verdicts.map(({ tile }) => tile)).toEqual([...bytes.keys()]);
  return { codes: verdicts.map(({ findings }) => findings[0]?.code), asked };
}

test('a worker that lives is asked once', async () => {
  const { codes, asked } = await verdictsOn([good, refused, good]);
  expect(codes).toEqual([undefined, 'refused', undefined]);
  expect(asked).toEqual([[good, refused, good]]);
});

test('one that dies is followed by others, which are asked for one claim at a time', async () => {
  const { codes, asked } = await verdictsOn([good, aborting, refused, good]);
  expect(codes).toEqual([undefined, 'verifier-died', 'refused', undefined]);
  expect(asked.map((bytes) => bytes.length)).toEqual([4, 1, 1, 1, 1, 1]);
  expect(asked.flat().slice(4)).toEqual([good, aborting, aborting, refused, good]);
});

test('each claim of which workers die is refused, the last one too', async () => {
  const { codes, asked } = await verdictsOn([aborting, good, aborting]);
  expect(codes).toEqual(['verifier-died', undefined, 'verifier-died']);
  expect(asked.slice(1).flat()).toEqual([aborting, aborting, good, aborting, aborting]);
});

test('a claim that comes alone is refused after two deaths', async () => {
  const { codes, asked } = await verdictsOn([aborting]);
  expect(codes).toEqual(['verifier-died']);
  expect(asked).toEqual([[aborting], [aborting]]);
});

describe('until one is refused', () => {
  const claims = [5, 6, 7].map((tile) => ({ tile, statement: new Map(), proof: Uint8Array.of(0) }));
  const answering = (...answers: readonly (VerifyResult | WorkerDied)[]) => {
    let asked = 0;
    const own = {
      ...worker([]),
      ask: <Result>(): Promise<Result> => {
        const answer = answers[asked++];
        if (answer instanceof WorkerDied) return Promise.reject(answer);
        return Promise.resolve(answer as Result);
      },
    };
    return { own, asked: () => asked };
  };
  const findings = [{ code: 'refused', message: '' }];

  test('a batch that holds has a verdict on each claim', async () => {
    const { own } = answering({ findings: [[], [], []] });
    const verdicts = await new ClaimBatch(claims, true).verify(own);
    expect(verdicts).toEqual([5, 6, 7].map((tile) => ({ tile, findings: [] })));
  });

  test('one that does not has one verdict, and is not asked for again', async () => {
    const { own, asked } = answering({ refused: { at: 1, findings } });
    const verdicts = await new ClaimBatch(claims, true).verify(own);
    expect([verdicts, asked()]).toEqual([[{ tile: 6, findings }], 1]);
  });

  test('two deaths refuse the batch together', async () => {
    const batch = new ClaimBatch(claims, true);
    const death = new WorkerDied(134, null, '');
    const { own } = answering(death, death);
    await expect(batch.verify(own)).rejects.toBe(death);
    expect(batch.died(death)).toBeUndefined();
    await expect(batch.verify(own)).rejects.toBe(death);
    expect(batch.died(death)).toMatchObject([{ tile: 5, findings: [{ code: 'verifier-died' }] }]);
  });

  test('three kills by the system are no fault of the batch', () => {
    const batch = new ClaimBatch(claims, true);
    const death = new WorkerDied(null, 'SIGKILL', '');
    expect([batch.died(death), batch.died(death)]).toEqual([undefined, undefined]);
    expect(() => batch.died(death)).toThrow(/worker-died/);
  });
});

test('a worker that the system kills three times is no fault of the claim', async () => {
  await expect(verdictsOn([good, killing])).rejects.toThrow(
    /error\[worker-died\]: tile 1: .*3 times/,
  );
  await expect(verdictsOn([killing])).rejects.toThrow(/error\[worker-died\]: tile 0/);
});
