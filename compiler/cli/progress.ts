// Progress on standard error: what is being done, and how long it took.

export interface Stage<T> {
  readonly result: T;
  readonly seconds: number;
}

/** Runs one stage and reports it; silent unless `show`. */
export async function stage<T>(
  title: string,
  show: boolean,
  action: () => T | Promise<T>,
): Promise<Stage<T>> {
  const start = performance.now();
  if (show) process.stderr.write(`${title} …`);
  try {
    const result = await action();
    const seconds = (performance.now() - start) / 1000;
    if (show) process.stderr.write(` ${seconds.toFixed(1)} s\n`);
    return { result, seconds };
  } catch (error) {
    if (show) process.stderr.write(' failed\n');
    throw error;
  }
}

/**
 * A state on one line of a terminal, renewed at most ten times a second; called without one it ends the line. Silent
 * unless `show`, and where standard error is no terminal.
 */
export function showProgress(title: string, show: boolean): (state?: string | number) => void {
  let [shown, last] = [false, 0];
  return (state) => {
    if (!show || !process.stderr.isTTY) return;
    if (state === undefined) {
      if (shown) process.stderr.write('\n');
      return;
    }
    const now = performance.now();
    if (now - last < 100) return;
    [shown, last] = [true, now];
    process.stderr.write(`\r\x1b[K${title}: ${state}`);
  };
}
