// How much memory the processes below this one hold. Linux alone tells.
import { readdir, readFile } from 'node:fs/promises';

export interface Resident {
  /**
   * The most that all of them held together, in bytes. Of the files that are mapped (Node itself, native modules), which processes
   * share, the process that maps most counts, and no other.
   */
  readonly together: number;
  /** The most that one of them held. */
  readonly largest: number;
}

/** Looks four times a second while the action runs; `undefined` where the system does not tell. */
export async function watchMemory<T>(
  action: () => Promise<T>,
): Promise<{ result: T; resident: Resident | undefined }> {
  let [together, largest] = [0, 0];
  const look = async (): Promise<void> => {
    const sizes = await residentBelow(process.pid);
    const own = sizes.reduce((sum, size) => sum + size.own, 0);
    together = Math.max(together, own + Math.max(0, ...sizes.map(({ mapped }) => mapped)));
    largest = Math.max(largest, ...sizes.map(({ peak }) => peak));
  };
  const timer = setInterval(() => void look(), 250);
  try {
    const result = await action();
    return { result, resident: together > 0 ? { together, largest } : undefined };
  } finally {
    clearInterval(timer);
  }
}

interface Size {
  /** Now: what no file backs, and what one does. */
  readonly own: number;
  readonly mapped: number;
  readonly peak: number;
}

/** Of every process that descends from `root`. */
async function residentBelow(root: number): Promise<Size[]> {
  const parents = new Map<number, number>();
  const sizes = new Map<number, Size>();
  const numbers = await readdir('/proc').catch(() => []);
  await Promise.all(
    numbers
      .filter((each) => /^\d+$/.test(each))
      .map(async (each) => {
        const text = await readFile(`/proc/${each}/status`, 'utf8').catch(() => '');
        const field = (title: string): number =>
          Number(new RegExp(`^${title}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
        parents.set(Number(each), field('PPid'));
        sizes.set(Number(each), {
          own: 1024 * (field('RssAnon') + field('RssShmem')),
          mapped: 1024 * field('RssFile'),
          peak: 1024 * field('VmHWM'),
        });
      }),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && parent !== 0 && (parent === root || isBelow(parent));
  };
  return [...sizes].filter(([pid]) => isBelow(pid)).map(([, size]) => size);
}
