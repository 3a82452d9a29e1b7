// The real protocol on a layer as wide as ViT-B's: every step a command of its own, timed, its memory watched.
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lethe, type Ran } from '../../../unlearn-digits/command.ts';
import type { Unlearned, Verified } from '../../../unlearn-digits/protocol.ts';
import { columns, writeLayer } from './files.ts';
import { watchMemory, type Resident } from './resident.ts';

export interface RealOptions {
  /** Weights, a multiple of 768. */
  readonly weights: number;
  /** Emptied before. */
  readonly folder: string;
  /** More options of `lethe apex plan` and of `lethe apex unlearn`. */
  readonly planning: readonly string[];
  readonly proving: readonly string[];
  readonly report: (line: string) => void;
}

export interface RealStep {
  readonly step: string;
  readonly wallSeconds: number;
  readonly coreSeconds?: number;
  readonly resident?: Resident;
}

export interface RealRun {
  readonly weights: number;
  readonly steps: readonly RealStep[];
  readonly unlearn: Unlearned;
  readonly verify: Verified;
  /** Of `unlearn`, in milliseconds of a core; where the system tells. */
  readonly coreMillisecondsPerWeight?: number;
  /** Of `verify`. */
  readonly verifyMillisecondsPerWeight?: number;
  readonly bytesPerWeight: number;
}

/** Throws a RangeError for weights that fill no rows, and where a step fails or the bundle is refused. */
export async function realRun(options: RealOptions): Promise<RealRun> {
  const { weights, folder, planning, proving, report } = options;
  const rows = weights / columns;
  if (!Number.isInteger(rows) || rows < 1)
    throw new RangeError(`${weights} weights are no rows of ${columns}`);
  report(`${rows} × ${columns} weights and their gradients`);
  const files = await writeLayer(folder, rows);
  const at = (name: string): string => join(folder, name);
  const provider = ['--provider', at('provider')];
  const steps: RealStep[] = [];
  const step = async <T>(name: string, ...args: readonly string[]): Promise<Ran<T>> => {
    report(`lethe apex ${name}`);
    const { result: ran, resident } = await watchMemory(() => lethe<T>(['apex', name, ...args]));
    steps.push({
      step: name,
      wallSeconds: ran.wallSeconds,
      ...(ran.coreSeconds === undefined ? {} : { coreSeconds: ran.coreSeconds }),
      ...(resident ? { resident } : {}),
    });
    return ran;
  };
  const global = ['--model', files.global];
  await step('plan', ...global, '--scope', files.scope, '--out', at('provider'), ...planning);
  await copyFile(join(at('provider'), 'plan.json'), at('plan.json'));
  await step(
    'register',
    ...['--plan', at('plan.json'), '--model', files.personal, '--gradients', files.gradients],
    ...['--client', 'bench', '--state', at('state'), '--out', at('registration.json')],
  );
  const receipt = at('receipt.json');
  await step('enroll', at('registration.json'), ...provider, '--out', receipt);
  const mask = ['--statistics', files.statistics, '--budget', '0.04', '--out', at('mask.json')];
  await step('mask', ...provider, ...global, ...mask);
  await step('window', at('mask.json'), ...provider, '--out', at('window.json'));
  const bundle = at('bundle.apex');
  const state = ['--state', at('state'), '--receipt', receipt];
  const unlearn = await step<Unlearned>(
    ...(['unlearn', at('window.json'), ...state, '--out', bundle, ...proving] as const),
  );
  const verify = await step<Verified>('verify', bundle, ...provider);
  const perWeight = (seconds: number): number => (1000 * seconds) / weights;
  return {
    weights,
    steps,
    unlearn: unlearn.result,
    verify: verify.result,
    ...(unlearn.coreSeconds === undefined
      ? {}
      : { coreMillisecondsPerWeight: perWeight(unlearn.coreSeconds) }),
    ...(verify.coreSeconds === undefined
      ? {}
      : { verifyMillisecondsPerWeight: perWeight(verify.coreSeconds) }),
    bytesPerWeight: unlearn.result.bytesPerWeight,
  };
}
