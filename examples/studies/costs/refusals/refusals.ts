// The cost of a refusal for a provider, beside that of an acceptance: every bundle is given to `lethe apex verify`, a process of its own, with a copy
// of the provider's folder. Processor seconds and memory are those of the process and its workers.
import { cp, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deal } from '../../../../stdlib/apex/circuit/deal.ts';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { liveBlocks } from '../../../../stdlib/apex/documents/history.ts';
import {
  openState,
  parseRegistration,
  parseWindow,
  registrationDigest,
} from '../../../../stdlib/apex/index.ts';
import { expectBundle } from '../../../../stdlib/apex/provider/expect-bundle.ts';
import { lethe } from '../../../unlearn-digits/command.ts';
import type { Verified } from '../../../unlearn-digits/protocol.ts';
import { columns, writeLayer } from '../real/files.ts';
import { watchMemory } from '../real/resident.ts';
import { readParts } from './bundle-parts.ts';
import { casesAfter, casesBeforeProofs, casesOfProofs, type Case, type Right } from './cases.ts';

export interface RefusalsOptions {
  /** Weights, a multiple of 768. */
  readonly weights: number;
  /** Emptied before, unless it holds the right bundle of a run that was stopped. */
  readonly folder: string;
  /** Runs of the command for each bundle. */
  readonly runs: number;
  readonly report: (line: string) => void;
}

export type Stage = 'accepted' | 'before the proofs' | 'proofs';

export interface Cost {
  readonly title: string;
  readonly code: string;
  readonly stage: Stage;
  /** Whether the provider has the keys of the circuits. */
  readonly keys: boolean;
  /** Medians. */
  readonly coreSeconds: number;
  /** Bytes of all processes together. */
  readonly memory: number;
}

export interface Refusals {
  readonly weights: number;
  readonly live: number;
  readonly tiles: number;
  readonly circuits: number;
  readonly costs: readonly Cost[];
}

export async function measureRefusals(options: RefusalsOptions): Promise<Refusals> {
  const { folder, weights, runs, report } = options;
  const at = (name: string): string => join(folder, name);
  const ready = at('ready.json');
  const made = `${weights}`;
  if ((await readFile(ready, 'utf8').catch(() => '')) !== made) {
    await rm(ready, { force: true });
    await makeRight(options);
    await writeFile(ready, made);
  }
  const right = await openRight(folder);
  const costs: Cost[] = [];

  const once = async (file: string, code: string, keys: boolean) => {
    await rm(at('judging'), { recursive: true, force: true });
    await cp(
      at(code === 'accepted' || !afterwards.has(code) ? 'provider' : 'accepted'),
      at('judging'),
      {
        recursive: true,
      },
    );
    if (keys) await cp(at('keys'), at('judging/keys'), { recursive: true });
    const args = ['apex', 'verify', file, '--provider', at('judging')];
    const { result: ran, resident } = await watchMemory(() =>
      lethe<Verified>(args, code === 'accepted' ? 0 : 1),
    );
    const found = ran.result.reason?.code ?? 'accepted';
    if (found !== code) throw new Error(`${file} is ${found}, where ${code} is expected`);
    return { coreSeconds: ran.coreSeconds ?? NaN, memory: resident?.together ?? NaN };
  };
  const measure = async (
    own: Omit<Cost, 'coreSeconds' | 'memory'>,
    file: string,
  ): Promise<void> => {
    const all: Pick<Cost, 'coreSeconds' | 'memory'>[] = [];
    for (let run = 0; run < runs; run++) all.push(await once(file, own.code, own.keys));
    const median = (of: (each: (typeof all)[number]) => number): number =>
      all.map(of).sort((a, b) => a - b)[all.length >> 1]!;
    const cost = {
      coreSeconds: median((each) => each.coreSeconds),
      memory: median((each) => each.memory),
    };
    report(`${own.title} (${own.code}): ${cost.coreSeconds.toFixed(2)} core seconds`);
    costs.push({ ...own, ...cost });
  };

  const accepted = { title: 'the right bundle', code: 'accepted', stage: 'accepted' } as const;
  await measure({ ...accepted, keys: false }, right.file);
  for (const name of ['keys', 'accepted']) await rm(at(name), { recursive: true, force: true });
  await cp(at('judging/keys'), at('keys'), { recursive: true });
  await cp(at('judging'), at('accepted'), { recursive: true });
  await measure({ ...accepted, keys: true }, right.file);
  const each = async (cases: readonly Case[], stage: Stage, withKeys: readonly boolean[]) => {
    for (const { title, code, write } of cases) {
      await write(at('judged.apex'));
      for (const keys of withKeys) await measure({ title, code, stage, keys }, at('judged.apex'));
    }
  };
  await each(casesBeforeProofs(right), 'before the proofs', [false]);
  await each(casesAfter(right), 'before the proofs', [false]);
  await each(await casesOfProofs(right), 'proofs', [false]);
  const { live, tiles, circuits } = right;
  return { weights, live, tiles, circuits, costs };
}

const afterwards = new Set(['replayed-bundle', 'already-unlearned']);

interface RightBundle extends Right {
  readonly live: number;
  readonly tiles: number;
  readonly circuits: number;
}

/** From a layer that nobody trained to its bundle: tiles of 2^13 rows, so that there are several. */
async function makeRight({ folder, weights, report }: RefusalsOptions): Promise<void> {
  const rows = weights / columns;
  if (!Number.isInteger(rows) || rows < 1)
    throw new RangeError(`${weights} weights are no rows of ${columns}`);
  const files = await writeLayer(folder, rows);
  const at = (name: string): string => join(folder, name);
  const run = async <T>(...args: readonly string[]): Promise<T> => {
    report(`lethe apex ${args[0]}`);
    return (await lethe<T>(['apex', ...args])).result;
  };
  const [provider, global] = [
    ['--provider', at('provider')],
    ['--model', files.global],
  ];
  await run('plan', ...global, '--scope', files.scope, '--out', at('provider'));
  await copyFile(at('provider/plan.json'), at('plan.json'));
  const register = async (client: string): Promise<void> => {
    await run(
      ...['register', '--plan', at('plan.json'), '--model', files.personal],
      ...['--gradients', files.gradients, '--client', client],
      ...['--state', at(`state-${client}`), '--out', at(`${client}.json`)],
    );
    await run('enroll', at(`${client}.json`), ...provider, '--out', at(`${client}.receipt.json`));
  };
  await register('bench');
  const mask = ['--statistics', files.statistics, '--budget', '0.04', '--out', at('mask.json')];
  await run('mask', ...provider, ...global, ...mask);
  await run('window', at('mask.json'), ...provider, '--out', at('window.json'));
  await register('late');
  const state = ['--state', at('state-bench'), '--receipt', at('bench.receipt.json')];
  await run('unlearn', at('window.json'), ...state, '--out', at('right.apex'), '--tile', '13');
}

async function openRight(folder: string): Promise<RightBundle> {
  const at = (name: string): string => join(folder, name);
  const file = at('right.apex');
  const { plan, receipt, ...own } = await openState(at('state-bench'));
  const window = parseWindow(await readFile(at('window.json'), 'utf8'), 'window', plan);
  const blocks = liveBlocks(plan, window.history, receipt!.epoch);
  const { shapes, positions } = await expectBundle({ plan, blocks, kept: undefined });
  const sets = deal(plan.step, shapes, 13);
  const late = parseRegistration(await readFile(at('late.json'), 'utf8'), 'late.json');
  const parts = await readParts(file, await clientKey({ plan, receipt: receipt!, ...own }));
  return {
    ...{ file, parts, live: positions.length, tiles: parts.proofs.length, circuits: sets.length },
    blocks: [sets[0]!.tiles[0]![0]!, sets.at(-1)!.tiles.at(-1)![0]!],
    late: registrationDigest(late),
  };
}
