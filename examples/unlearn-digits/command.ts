/**
 * The command as a process of its own: `lethe apex …`, its progress passed through, its result as JSON.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/compiler/cli/main.js', import.meta.url));

export interface Ran<T> {
  readonly result: T;
  readonly wallSeconds: number;
  /** Of the process and its workers; undefined where the system does not tell. */
  readonly coreSeconds: number | undefined;
  /** Bytes that the process itself held at most, looked at five times a second; undefined where the system does not tell. */
  readonly peakMemory: number | undefined;
}

/** Throws unless the process ends with the code that is expected. Two at once would be charged for each other's seconds. */
export async function lethe<T>(args: readonly string[], expected: 0 | 1 = 0): Promise<Ran<T>> {
  const start = performance.now();
  const before = await childSeconds();
  const child = spawn(process.execPath, [main, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMemory: number | undefined;
  const watch = setInterval(() => {
    if (child.pid !== undefined) peakMemory = residentPeak(child.pid) ?? peakMemory;
  }, 200);
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(watch));
  if (exit !== expected) throw new Error(`lethe ${args.join(' ')} ended with ${exit}: ${output}`);
  const after = await childSeconds();
  return {
    result: JSON.parse(output) as T,
    wallSeconds: (performance.now() - start) / 1000,
    coreSeconds: before === undefined || after === undefined ? undefined : after - before,
    peakMemory,
  };
}

/** The high-water mark of a process that runs, in bytes; Linux alone tells. */
function residentPeak(pid: number): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}

/** User and system seconds of all children that have ended, and of theirs; Linux alone tells. */
async function childSeconds(): Promise<number | undefined> {
  const text = await readFile('/proc/self/stat', 'utf8').catch(() => undefined);
  // Fields 16 and 17, in hundredths of a second; the name before them stands in parentheses and may hold blanks.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[13]) + Number(fields[14])) / 100;
}
