// Files that are swept while another bundle of the client is accepted.
import { expect, test } from 'vitest';
import type { Books } from '../../../../stdlib/apex/books/index.ts';
import { sweep, type Kept } from '../../../../stdlib/apex/provider/kept.ts';

test('a root that becomes current meanwhile stays', async () => {
  let asked = 0;
  // Another bundle is accepted between the two questions, whichever comes first.
  const answer = <T>(before: T, after: T): Promise<T> =>
    Promise.resolve(asked++ === 0 ? before : after);
  const books = {
    registrationsOf: () => Promise.resolve([]),
    currentRoots: () => answer(['1'], ['2']),
    history: () => answer([{ root: '1' }], [{ root: '1' }, { root: '2' }]),
  } as unknown as Books;
  const removed: string[] = [];
  const commitments = {
    remove: (root: string) => Promise.resolve(void removed.push(root)),
  };
  await sweep({ commitments } as unknown as Kept, books, 'ada', ['1']);
  expect(removed).toEqual(['1']);
});
