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
