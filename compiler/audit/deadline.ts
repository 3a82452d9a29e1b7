// How long a search may go on: in processor time, so that a busy machine tries as much as an idle one.

/** True once the process has worked for that many seconds more. */
export function deadline(seconds: number): () => boolean {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return user + system >= 1e6 * seconds;
  };
}
