// Consecutive items of a stream, put together: as many as make a batch, asked for one at a time.
export interface BatchLimits<T> {
  /** The most items of a batch, at least 1. */
  readonly items: number;
  /** The most bytes of a batch. A larger item is a batch of its own. */
  readonly bytes: number;
  readonly bytesOf: (item: T) => number;
}

/**
 * Holds one batch at most, and the item that did not fit it. Throws what the source throws at once, without the batch that
 * was begun.
 */
export async function* batches<T>(
  source: AsyncIterable<T> | Iterable<T>,
  { items, bytes, bytesOf }: BatchLimits<T>,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let size = 0;
  for await (const item of source) {
    const more = bytesOf(item);
    if (batch.length > 0 && size + more > bytes) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(item);
    size += more;
    if (batch.length === items) {
      yield batch;
      [batch, size] = [[], 0];
    }
  }
  if (batch.length > 0) yield batch;
}
