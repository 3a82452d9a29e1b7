// Results on the disk: <key>.<extension> holds one, <key>.done.json says that it is whole and how long it took, and
// <key>.claim that a process is at it.
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite } from '../../../../compiler/files/atomic-write.ts';
import type { Unit } from './unit.ts';

export interface Finished {
  readonly title: string;
  readonly kind: string;
  readonly seconds: number;
  /** Of processor time: what it takes on a machine that does nothing else. */
  readonly busy: number;
}

export class Store {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  has({ key }: Unit<unknown>): boolean {
    return existsSync(this.#record(key));
  }

  /** The result. Throws when the unit is not finished. */
  async read<T>({ key, codec, title }: Unit<T>): Promise<T> {
    if (!existsSync(this.#record(key))) throw new Error(`"${title}" is needed and not finished`);
    return codec.read(this.#file(key, codec.extension));
  }

  async finished({ key }: Unit<unknown>): Promise<Finished | undefined> {
    if (!existsSync(this.#record(key))) return undefined;
    return JSON.parse(await readFile(this.#record(key), 'utf8')) as Finished;
  }

  /** Runs a unit that this process claimed, keeps its result, and gives the claim back; says how long it took. */
  async fulfil<T>(
    each: Unit<T>,
    report: (line: string) => void = () => undefined,
  ): Promise<Finished> {
    const start = performance.now();
    const used = process.cpuUsage();
    try {
      const result = await each.run((other) => this.read(other), report);
      await each.codec.write(this.#file(each.key, each.codec.extension), result);
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(used);
      const busy = (user + system) / 1e6;
      const record: Finished = { title: each.title, kind: each.kind, seconds, busy };
      await atomicWrite(this.#record(each.key), `${JSON.stringify(record)}\n`);
      return record;
    } finally {
      await this.release(each);
    }
  }

  async release({ key }: Unit<unknown>): Promise<void> {
    await rm(this.#claim(key), { force: true });
  }

  /**
   * Takes the unit for this process; false when a living one has it. A dead one's claim is void. Two processes that find
   * a void claim in the same moment may both take it: they compute the same, and write it whole.
   */
  async claim({ key }: Unit<unknown>): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    const file = this.#claim(key);
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const handle = await open(file, 'wx');
        await handle.writeFile(`${process.pid}`);
        await handle.close();
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const owner = Number(await readFile(file, 'utf8').catch(() => ''));
        if (owner === 0 || isAlive(owner)) return false;
        await rm(file, { force: true });
      }
    }
    return false;
  }

  #file(key: string, extension: string): string {
    return join(this.folder, `${key}.${extension}`);
  }

  #record(key: string): string {
    return this.#file(key, 'done.json');
  }

  #claim(key: string): string {
    return this.#file(key, 'claim');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
