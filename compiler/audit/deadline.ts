// How long a search may go on.

/** True from that many seconds on. */
export function deadline(seconds: number): () => boolean {
  const end = performance.now() + 1000 * seconds;
  return () => performance.now() >= end;
}
