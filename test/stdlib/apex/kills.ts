// Real commands, killed at random moments: nothing is lost, nothing is done twice, and what is resumed arrives where an
// undisturbed run arrives.
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { readHoldings } from '../../../stdlib/apex/client/state.ts';
import { touchedBlocks } from '../../../stdlib/apex/documents/mask.ts';
import { windowDigest } from '../../../stdlib/apex/documents/window.ts';
import { prepare } from '../../../stdlib/apex/client/prepare.ts';
import { openState, writeDocument, type State, type Window } from '../../../stdlib/apex/index.ts';
import { windowDocument } from '../../../stdlib/apex/documents/window.ts';
import type { World } from './fixture.ts';

const root = new URL('../../..', import.meta.url).pathname;
const command = `${root}dist/compiler/cli/main.js`;

export interface Run {
  readonly exit: number | null;
  readonly output: string;
}

/** Runs `lethe apex …`, and kills it after some milliseconds. */
async function run(args: readonly string[], killAfter?: number): Promise<Run> {
  const child = spawn(process.execPath, [command, 'apex', ...args, '--json'], { cwd: root });
  let output = '';
  const take = (data: Buffer): void => void (output += data.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (killAfter !== undefined) {
    const stop = new AbortController();
    const pause = setTimeout(killAfter, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([pause, ended]);
    stop.abort();
    child.kill('SIGKILL');
  }
  return { exit: await ended, output };
}

/** The paths of a client and a window for commands. */
export class Commands {
  private constructor(
    private readonly world: World,
    private readonly before: State,
    private readonly window: Window,
    /** θ_u as an undisturbed run computes it, of the touched blocks. */
    private readonly expected: Int32Array,
  ) {}

  static async make(world: World, state: State, window: Window): Promise<Commands> {
    const key = await world.provider.signingKey();
    await writeDocument(world.path('window.json'), windowDocument(window, key));
    const touched = touchedBlocks(world.plan.scope, window.mask.bits);
    const holdings = await readHoldings(state);
    const { weights } = await prepare(
      world.path('other'),
      world.plan,
      touched,
      holdings,
      () => undefined,
    );
    // One process at a time has the books.
    await world.books.close();
    return new Commands(world, state, window, weights);
  }

  unlearn = (killAfter?: number): Promise<Run> =>
    run(
      [
        ...['unlearn', this.world.path('window.json'), '--state', this.before.folder],
        ...['--out', this.world.path('bundle.apex'), '--tile', '10', '--jobs', '1'],
      ],
      killAfter,
    );

  verify = (killAfter?: number): Promise<Run> =>
    run(
      [
        'verify',
        this.world.path('bundle.apex'),
        '--provider',
        this.world.provider.folder,
        '--jobs',
        '1',
      ],
      killAfter,
    );

  /** After any kill the state can be opened, and is that before or that after. */
  async checkState(): Promise<number> {
    const { sequence, root: own, done } = await openState(this.before.folder);
    expect(done).toHaveLength(sequence);
    if (sequence === 0) expect(own).toBe(this.before.root);
    else expect(done[0]).toMatchObject({ window: windowDigest(this.window), after: own });
    return sequence;
  }

  /** θ_u is what it should be, and all other weights are as they were. */
  async checkWeights(): Promise<void> {
    const state = await openState(this.before.folder);
    expect(state.sequence).toBe(1);
    const { size } = this.world.plan.step;
    const wanted = (await readHoldings(this.before)).weights.slice();
    touchedBlocks(this.world.plan.scope, this.window.mask.bits).forEach(({ number }, i) =>
      wanted.set(this.expected.subarray(i * size, (i + 1) * size), number * size),
    );
    expect((await readHoldings(state)).weights).toEqual(wanted);
  }

  /** One accepted verdict, one step of the client, and nothing else; or not yet. */
  async checkBooks({ accepted }: { accepted?: number } = {}): Promise<void> {
    const books = await this.world.provider.books();
    try {
      const status = await books.status();
      expect(status.accepted).toBeLessThanOrEqual(1);
      if (accepted !== undefined) expect(status.accepted).toBe(accepted);
      expect(status.rejected).toBe(0);
      const history = await books.history(this.before.registration.client);
      expect(history.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: status.accepted + 1 }, (_, i) => i),
      );
      const { root: now } = await openState(this.before.folder);
      if (status.accepted === 1) expect(history[1]!.root).toBe(`${now}`);
    } finally {
      await books.close();
    }
  }
}
