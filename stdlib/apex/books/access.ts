// Who uses the books, and for how long: they are held while they are read or written, and not while anything is verified.
import type { Books } from './books.ts';

/** Runs `work` on the books. Nobody else has them until it returns. Throws what opening throws, or what `work` throws. */
export type BooksAccess = <T>(work: (books: Books) => Promise<T>) => Promise<T>;

/** Opens the books for each piece of work. */
export const openedFor =
  (open: () => Promise<Books>): BooksAccess =>
  async (work) => {
    const books = await open();
    try {
      return await work(books);
    } finally {
      await books.close();
    }
  };

/** Books that stay open, for one piece of work after the other. */
export function inTurn(books: Books): BooksAccess {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(() => work(books));
    last = own.catch(() => undefined);
    return own;
  };
}
