// A source that is asked for its next items before they are needed, one at a time.
export interface Ahead<T> {
  /** Undefined at the end. Throws what the source throws. */
  next(): Promise<{ readonly value: T } | undefined>;
  /** Returns when the source does nothing more. */
  close(): Promise<void>;
}

/** Keeps up to `count` items ready, from the first `next` on; asks for no more once `stopped`. */
export function ahead<T>(
  source: AsyncIterable<T>,
  { count, stopped }: { readonly count: number; readonly stopped: () => boolean },
): Ahead<T> {
  const iterator = source[Symbol.asyncIterator]();
  const ready: Promise<{ readonly value: T } | undefined>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;

  function fill(): void {
    while (!ended && ready.length < count) {
      const item = last.then(async () => {
        if (ended || stopped()) return undefined;
        try {
          const next = await iterator.next();
          if (!next.done) return { value: next.value };
        } catch (error) {
          ended = true;
          throw error;
        }
        ended = true;
        return undefined;
      });
      last = item.catch(() => undefined);
      ready.push(item);
    }
  }

  return {
    next() {
      fill();
      const item = ready.shift();
      fill();
      return item ?? Promise.resolve(undefined);
    },
    async close() {
      ended = true;
      await last;
      await iterator.return?.();
    },
  };
}
