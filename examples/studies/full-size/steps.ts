/**
 * The protocol at full size, each step one command, measured: from the plan to the window, then a sample of tiles. A step that
 * was done before is not done again, so that a run of an hour may be interrupted.
 */
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite } from '../../../compiler/files/index.ts';
import type { Sample } from '../../../stdlib/apex/index.ts';
import { lethe, type Ran } from '../../unlearn-digits/command.ts';
import {
  clientGradients,
  forgetStatistics,
  globalModel,
  personalModel,
  type Folders,
} from '../../unlearn-digits/files.ts';
import { places } from '../../unlearn-digits/protocol.ts';

export const stepNames = ['plan', 'register', 'enroll', 'mask', 'window', 'sample'] as const;
export type StepName = (typeof stepNames)[number];

/** What the commands print. */
interface Results extends Record<Exclude<StepName, 'sample'>, Readonly<Record<string, unknown>>> {
  /** `peakMemory`: of a prover, in bytes. */
  readonly sample: Sample & { readonly peakMemory: number };
}

/** What was printed, with its seconds and its memory. */
export type Steps = { -readonly [Name in StepName]?: Ran<Results[Name]> };

export interface StepOptions {
  readonly folders: Folders;
  /** Where what was measured is kept. */
  readonly record: string;
  /** Options of `lethe apex plan` that say what is in scope. */
  readonly scope: readonly string[];
  /** The fraction of the weights that is masked. */
  readonly budget: number;
  /** How many tiles are proved. */
  readonly tiles: number;
  readonly tell: (message: string) => void;
}

export async function carryOut(options: StepOptions): Promise<Steps> {
  const { folders, record, tell } = options;
  const steps = await readSteps(record);
  for (const name of stepNames) {
    if (steps[name]) continue;
    tell(`lethe apex ${name}`);
    const ran = await lethe(['apex', name, ...argumentsOf(name, options)]);
    Object.assign(steps, { [name]: ran });
    const at = places(folders);
    if (name === 'plan') await copyFile(join(at.apex, 'plan.json'), at.plan);
    await atomicWrite(record, `${JSON.stringify(steps, null, 1)}\n`);
  }
  return steps;
}

/** What was done before. */
async function readSteps(record: string): Promise<Steps> {
  const text = await readFile(record, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Steps;
}

function argumentsOf(
  name: StepName,
  { folders, scope, budget, tiles }: StepOptions,
): readonly string[] {
  const at = places(folders);
  const provider = ['--provider', at.apex];
  const global = ['--model', globalModel(folders)];
  switch (name) {
    case 'plan':
      return [...global, ...scope, '--out', at.apex];
    case 'register':
      return [
        ...['--plan', at.plan, '--model', personalModel(folders)],
        ...['--gradients', clientGradients(folders), '--client', 'alice'],
        ...['--state', at.secret, '--out', at.registration],
      ];
    case 'enroll':
      return [at.registration, ...provider, '--out', at.receipt];
    case 'mask':
      return [
        ...[...provider, ...global, '--statistics', forgetStatistics(folders)],
        ...['--budget', `${budget}`, '--out', at.mask],
      ];
    case 'window':
      return [at.mask, ...provider, '--out', at.window];
    case 'sample':
      return [at.window, '--state', at.secret, '--receipt', at.receipt, '--tiles', `${tiles}`];
  }
}
