// Items put together: by number, by bytes, and no more of them asked for than that.
import { expect, test } from 'vitest';
import { batches } from '../../../../compiler/prover/workers/batches.ts';

async function* from<T>(items: readonly T[], asked: T[] = []): AsyncGenerator<T> {
  for (const item of items) {
    asked.push(item);
    yield item;
  }
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const limits = { items: 3, bytes: 10, bytesOf: (bytes: number) => bytes };

test.each([
  ['none', [], []],
  ['as many as fit, in order', [1, 2, 3, 4, 1, 2, 3], [[1, 2, 3], [4, 1, 2], [3]]],
  [
    'a whole number of batches',
    [1, 1, 1, 1, 1, 1],
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
  ],
  ['as many bytes as fit', [4, 6, 1, 9, 9, 1, 1], [[4, 6], [1, 9], [9, 1], [1]]],
  ['a large one alone', [1, 50, 1, 60], [[1], [50], [1], [60]]],
])('%s', async (_, items, expected) => {
  expect(await all(batches(from(items), limits))).toEqual(expected);
  expect(await all(batches(items, limits))).toEqual(expected);
});

test('a batch is handed out before more is asked for', async () => {
  const asked: number[] = [];
  const source = batches(from([1, 2, 3, 4, 5, 6, 7], asked), limits);
  expect(asked).toEqual([]);
  await source.next();
  expect(asked).toEqual([1, 2, 3]);
});

test('what the source throws is thrown, and a source that is left is closed', async () => {
  let closed = 0;
  async function* failing(): AsyncGenerator<number> {
    try {
      yield* [1, 2, 3, 4];
      throw new RangeError('no more');
    } finally {
      closed++;
    }
  }
  await expect(all(batches(failing(), limits))).rejects.toThrow('no more');
  const source = batches(failing(), limits);
  await source.next();
  await source.return(undefined);
  expect(closed).toBe(2);
});
