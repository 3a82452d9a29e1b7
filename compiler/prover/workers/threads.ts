// How the cores are shared out: kimchi's native code takes all of them unless it is told.
import { availableParallelism } from 'node:os';

/** The environment of each of `jobs` workers. A RAYON_NUM_THREADS that the user has set stays. */
export function threadsOf(
  jobs: number,
  cores: number = availableParallelism(),
): Record<string, string> {
  if (jobs <= 1 || process.env['RAYON_NUM_THREADS'] !== undefined) return {};
  return { RAYON_NUM_THREADS: `${Math.max(1, Math.floor(cores / jobs))}` };
}
