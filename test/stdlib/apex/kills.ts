// Real commands, killed at random moments: nothing is lost, nothing is done twice, and what is resumed arrives where an
// undisturbed run arrives.
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { answerFolder } from '../../../stdlib/apex/client/answers.ts';
import { readAnswer } from '../../../stdlib/apex/client/answer.ts';
import { currentWeights } from '../../../stdlib/apex/client/export.ts';
import { Holdings } from '../../../stdlib/apex/client/holdings.ts';
import { buildTree } from '../../../stdlib/apex/commitments/tree.ts';
import { liveBlocks } from '../../../stdlib/apex/documents/history.ts';
import { windowDocument } from '../../../stdlib/apex/documents/window.ts';
import {
  blockCount,
  openState,
  windowDigest,
  writeDocument,
  type Answer,
  type State,
  type Window,
} from '../../../stdlib/apex/index.ts';
import { solveMultipliers, unlearnedBlock } from '../../../stdlib/apex/step/index.ts';
import type { World } from './fixture.ts';
import { openToOthers } from './open-to-others.ts';

const root = new URL('../../..', import.meta.url).pathname;
const command = `${root}dist/compiler/cli/main.js`;

export interface Run {
  readonly exit: number | null;
  readonly output: string;
}

/** Milliseconds, or what is waited for. */
export type Moment = number | (() => Promise<void>);

/** Runs `lethe apex …`, and kills it at a moment, unless it ends before. */
async function run(args: readonly string[], kill?: Moment): Promise<Run> {
  const child = spawn(process.execPath, [command, 'apex', ...args, '--json'], { cwd: root });
  let output = '';
  const take = (data: Buffer): void => void (output += data.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (kill !== undefined) {
    const stop = new AbortController();
    const moment =
      typeof kill === 'number'
        ? setTimeout(kill, undefined, { signal: stop.signal }).catch(() => undefined)
        : kill();
    await Promise.race([moment, ended]);
    stop.abort();
    child.kill('SIGKILL');
  }
  return { exit: await ended, output };
}

/** θ_u is what an undisturbed run computes for the window: multipliers have no random part. Nothing is dead. */
export async function checkWeights(folder: string, window: Window): Promise<void> {
  const state = await openState(folder);
  const { step, scope } = state.plan;
  const blocks = liveBlocks(state.plan, window.history, state.receipt!.epoch);
  const live = new Map(blocks.map((each) => [each.number, each.live]));
  const holdings = await Holdings.open(state);
  const weights = await currentWeights(state);
  try {
    for (let number = 0; number < blockCount(scope); number++) {
      const held = await holdings.block(number);
      const own = live.get(number) ?? [];
      const multipliers = own.length > 0 ? solveMultipliers(step, held, own) : new Float64Array();
      const wanted = unlearnedBlock(step, held, { live: own, dead: [], multipliers });
      expect(await weights.block(number)).toEqual(wanted);
    }
  } finally {
    await weights.close();
    await holdings.close();
  }
}

/** One client, and the window that it answers. */
export class Commands {
  private constructor(
    private readonly world: World,
    /** Before the answer. */
    private readonly before: State,
    private readonly window: Window,
  ) {}

  /** Closes the books: one process at a time has them. */
  static async make(world: World, folder: string, window: Window): Promise<Commands> {
    const key = await world.provider.signingKey();
    await writeDocument(world.path(fileOf(window)), windowDocument(window, key));
    await world.books.close();
    return new Commands(world, await openState(folder), window);
  }

  get bundle(): string {
    return this.world.path(`bundle-${this.window.epoch}.apex`);
  }

  unlearn = (kill?: Moment, ...options: readonly string[]): Promise<Run> =>
    run(
      [
        ...['unlearn', this.world.path(fileOf(this.window)), '--state', this.before.folder],
        ...['--out', this.bundle, '--tile', '10', '--jobs', '1', ...options],
      ],
      kill,
    );

  verify = (kill?: Moment): Promise<Run> =>
    run(['verify', this.bundle, '--provider', this.world.provider.folder, '--jobs', '1'], kill);

  /** The id of what is prepared for an answer that keeps these commitments; undefined before it is. */
  async prepared(kept: bigint | null): Promise<string | undefined> {
    const folder = answerFolder(this.before, windowDigest(this.window), kept);
    const text = await readFile(join(folder, 'answer.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as { id: string }).id;
  }

  /** Resolves when an answer that keeps these commitments is prepared. */
  untilPrepared = (kept: bigint | null) => async (): Promise<void> => {
    while ((await this.prepared(kept)) === undefined) await setTimeout(10);
  };

  /** After any kill the state can be opened, by its owner alone, and is that before or that after. Returns the answer, if it is that after. */
  async checkState(): Promise<Answer | undefined> {
    expect(await openToOthers(this.before.folder)).toEqual([]);
    const { answers, ...rest } = await openState(this.before.folder);
    const { answers: known, ...same } = this.before;
    expect(rest).toEqual(same);
    expect(answers.slice(0, known.length)).toEqual(known);
    expect(answers.length).toBeLessThanOrEqual(known.length + 1);
    const own = answers[known.length];
    if (own) await this.#checkAnswer(own);
    return own;
  }

  async #checkAnswer(own: Answer): Promise<void> {
    expect(own).toMatchObject({ window: windowDigest(this.window), epoch: this.window.epoch });
    const commitments = await this.commitments(own);
    const { root } = await buildTree(commitments);
    expect(own.root).toBe(root);
  }

  /** c_b of all blocks. */
  async commitments({ kept }: Pick<Answer, 'kept'>) {
    const folder = answerFolder(this.before, windowDigest(this.window), kept);
    return (await readAnswer(folder, this.#blocks())).commitments;
  }

  #blocks = () => liveBlocks(this.world.plan, this.window.history, this.before.receipt!.epoch);

  checkWeights = (): Promise<void> => checkWeights(this.before.folder, this.window);

  /** Without what was being written. */
  async #commitmentFiles(): Promise<string[]> {
    const folder = join(this.world.provider.folder, 'commitments');
    const files = await readdir(folder).catch(() => []);
    return files.filter((file) => file.endsWith('.bin'));
  }

  /** One accepted verdict on the window, and the commitments that belong to it; or not yet. Returns whether there is. */
  async checkBooks(): Promise<boolean> {
    const { provider } = this.world;
    const books = await provider.books();
    try {
      const { accepted, rejected } = await books.status();
      expect(rejected).toBe(0);
      const known = this.before.answers.length;
      expect(accepted - known).toBeOneOf([0, 1]);
      const { answers } = await openState(this.before.folder);
      const history = await books.history(this.before.registration.client);
      expect(history.map(({ root: each }) => each)).toEqual(
        answers.slice(0, accepted).map(({ root: each }) => `${each}`),
      );
      // Those that the books name are there; those of a verdict that was killed may be, too.
      const files = await this.#commitmentFiles();
      const names = answers.map(({ root: each }) => `${each}.bin`);
      expect(names).toEqual(expect.arrayContaining(files));
      const current = history.at(-1);
      if (current) expect(files).toContain(`${current.root}.bin`);
      if (accepted === known) return false;
      const wanted = (await this.commitments(answers.at(-1)!)).all();
      expect(await provider.commitments.read(current!.root, wanted.length)).toEqual(wanted);
      return true;
    } finally {
      await books.close();
    }
  }
}

const fileOf = ({ epoch }: Window): string => `window-${epoch}.json`;
