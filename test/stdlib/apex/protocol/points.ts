// Where a provider's work can be stopped: before and after each use of its books, and of each file beside them.
import type { Books, BooksAccess } from '../../../../stdlib/apex/books/index.ts';
import type { Provider } from '../../../../stdlib/apex/provider/folder.ts';

/** Called where the work can be stopped. */
export type Point = () => Promise<void>;

/** Thrown where a process would have been killed. */
export class Killed extends Error {}

/** Lets `count` points pass. The process is dead at the next one, and at all later ones. */
export function fuse(count: number): Point {
  let left = count;
  return async () => {
    if (left-- <= 0) throw new Killed();
  };
}

async function between<T>(point: Point, work: () => Promise<T>): Promise<T> {
  await point();
  const result = await work();
  await point();
  return result;
}

/** Each call of the books is whole, or was not made. */
const stoppableBooks = (books: Books, point: Point): Books =>
  Object.fromEntries(
    Object.entries(
      books as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>,
    ).map(([name, call]) => [name, (...given: unknown[]) => between(point, () => call(...given))]),
  ) as unknown as Books;

function stoppableFiles({ leaves, commitments }: Provider, point: Point) {
  return {
    leaves: {
      ...leaves,
      write: (...given) => between(point, () => leaves.write(...given)),
      remove: (...given) => between(point, () => leaves.remove(...given)),
    },
    commitments: {
      ...commitments,
      write: (...given) => between(point, () => commitments.write(...given)),
      remove: (...given) => between(point, () => commitments.remove(...given)),
    },
  } satisfies Pick<Provider, 'leaves' | 'commitments'>;
}

/** A provider that may be killed between any two of its steps. */
export const mortal = (provider: Provider, point: Point): Provider => ({
  ...provider,
  ...stoppableFiles(provider, point),
  withBooks: (work) => provider.withBooks((books) => work(stoppableBooks(books, point))),
});

/** A provider that gives way to another one, but not while it holds the books. */
export function yielding(provider: Provider, point: Point): Provider {
  let holds = false;
  const give: Point = async () => {
    if (!holds) await point();
  };
  const withBooks: BooksAccess = (work) =>
    between(give, async () => {
      holds = true;
      try {
        return await provider.withBooks(work);
      } finally {
        holds = false;
      }
    });
  return { ...provider, ...stoppableFiles(provider, give), withBooks };
}

/** Runs two pieces of work that change over at their points; `schedule` says which one goes on, again and again. */
export async function takingTurns<T>(
  works: readonly [(point: Point) => Promise<T>, (point: Point) => Promise<T>],
  schedule: readonly (0 | 1)[],
): Promise<[T, T]> {
  const waiting = new Map<number, () => void>();
  let active: number = works.length;
  let turn = 0;
  const next = (): void => {
    if (waiting.size < active || active === 0) return;
    const wanted = schedule[turn++ % Math.max(1, schedule.length)] ?? 0;
    const chosen = waiting.has(wanted) ? wanted : 1 - wanted;
    const resume = waiting.get(chosen)!;
    waiting.delete(chosen);
    resume();
  };
  const start = async (index: number): Promise<T> => {
    const point: Point = () =>
      new Promise((resolve) => {
        waiting.set(index, resolve);
        next();
      });
    try {
      await point();
      return await works[index]!(point);
    } finally {
      active--;
      next();
    }
  };
  const [first, second] = await Promise.allSettled([start(0), start(1)]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}
