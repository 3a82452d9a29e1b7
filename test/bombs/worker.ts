// node --import tsx worker.ts NAME FILE …: reads the files of bombs, and prints what each gave: a line of JSON.
import { isLetheError } from '../../compiler/diagnostics/diagnostic.ts';
import { bombs } from './bombs.ts';

/** The outcome of reading a bomb; seconds and MB of the whole process so far. */
export interface Outcome {
  readonly name: string;
  /** The code of the error, or what came in its place. */
  readonly code: string;
  readonly seconds: number;
  readonly peak: number;
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'accepted';
  } catch (error) {
    if (isLetheError(error)) return error.diagnostics[0]!.code;
    return error instanceof Error ? error.name : String(error);
  }
}

const given = process.argv.slice(2);
for (let i = 0; i < given.length; i += 2) {
  const [name, file] = [given[i]!, given[i + 1]!];
  const bomb = bombs.find((each) => each.name === name);
  const start = performance.now();
  // Without a name: what the process takes by itself.
  const code = bomb ? await codeOf(() => bomb.read(file)) : 'nothing';
  const seconds = (performance.now() - start) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ name, code, seconds, peak } satisfies Outcome));
}
