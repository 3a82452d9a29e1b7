// Long work that may be killed at any moment: a folder with what is to be done and the tiles that are finished.
//   manifest.json    the digest of what is to be proved, and how many tiles
//   tiles/00042.tile one finished tile, written whole or not at all
//   lock/            the process that works on it
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.ts';
import { atomicWrite, type AtomicWriteOptions } from '../files/atomic-write.ts';
import { FileError } from '../files/errors.ts';
import { takeLock } from '../files/folder-lock.ts';
import { parseJson } from '../files/json.ts';
import { secret, secretFolder } from '../files/secret-folder.ts';
import { parseTileFile, renderTileFile } from './tile-file.ts';

export interface JobManifest {
  /** Of all that is to be proved: the circuit, its inputs, whatever must not change between two runs. */
  readonly digest: string;
  readonly tiles: number;
}

/** A tile file that was thrown away, and why. */
export interface DiscardedTile {
  readonly file: string;
  readonly why: string;
}

export interface Job {
  /** Tiles that are finished, and were when the job was opened. */
  readonly finished: ReadonlySet<number>;
  /** Files that were damaged when the job was opened; their tiles are to be done again. */
  readonly discarded: readonly DiscardedTile[];
  /** Tiles that are not finished, in order. */
  missing(): number[];
  /** The tile is finished when this returns, whatever happens then. Throws a FileError. */
  write(tile: number, content: Uint8Array): Promise<void>;
  /** Throws a FileError for a tile that is not finished, or whose file was changed. */
  read(tile: number): Promise<Uint8Array>;
  /** Gives up the lock. */
  close(): Promise<void>;
}

export interface JobOptions {
  /** Whether the folder lies among secrets: only its owner may enter it then, and read its files. */
  readonly secret?: boolean;
}

/**
 * Opens the folder, or makes it. Throws `other-job` where it holds other work, `job-locked` where another process
 * works on it, or a FileError.
 */
export async function openJob(
  folder: string,
  manifest: JobManifest,
  options: JobOptions = {},
): Promise<Job> {
  const tiles = join(folder, 'tiles');
  const permissions = options.secret ? secret : {};
  await mkdir(tiles, options.secret ? secretFolder : { recursive: true }).catch((cause: Error) => {
    const hint = 'check that it is no file, and that its folder may be written to';
    throw new FileError({
      code: 'cannot-write',
      file: folder,
      problem: cause.message,
      hint,
      cause,
    });
  });
  const lock = await takeLock(join(folder, 'lock'), {
    wait: 0,
    code: 'job-locked',
    hint: 'wait for it, or end it; what it has finished is kept',
    ...options,
  });
  try {
    await checkManifest(join(folder, 'manifest.json'), manifest, permissions);
    for (const each of [folder, tiles]) await removeTemporary(each);
    const { finished, discarded } = await collect(tiles, manifest);
    return new FolderJob(tiles, permissions, manifest, finished, discarded, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** How many tiles a job in the folder has finished, whether or not it is open; 0 where there is none. */
export const countFinished = async (folder: string): Promise<number> =>
  (await readdir(join(folder, 'tiles')).catch((): string[] => [])).filter((file) =>
    file.endsWith('.tile'),
  ).length;

class FolderJob implements Job {
  constructor(
    private readonly tiles: string,
    private readonly permissions: AtomicWriteOptions,
    private readonly manifest: JobManifest,
    readonly finished: Set<number>,
    readonly discarded: readonly DiscardedTile[],
    readonly close: () => Promise<void>,
  ) {}

  missing(): number[] {
    const all = Array.from({ length: this.manifest.tiles }, (_, tile) => tile);
    return all.filter((tile) => !this.finished.has(tile));
  }

  async write(tile: number, content: Uint8Array): Promise<void> {
    if (!(tile >= 0 && tile < this.manifest.tiles))
      throw new RangeError(`tile ${tile} of ${this.manifest.tiles}`);
    const place = { job: this.manifest.digest, tile };
    await atomicWrite(
      join(this.tiles, nameOf(tile)),
      renderTileFile(place, content),
      this.permissions,
    );
    this.finished.add(tile);
  }

  async read(tile: number): Promise<Uint8Array> {
    const file = join(this.tiles, nameOf(tile));
    const hint = 'open the job again: tiles that are damaged or missing are done anew';
    const bytes = await readFile(file).catch((cause: Error) => {
      throw new FileError({ code: 'cannot-read', file, problem: cause.message, hint, cause });
    });
    const parsed = parseTileFile({ job: this.manifest.digest, tile }, bytes);
    if ('content' in parsed) return parsed.content;
    throw new FileError({ code: 'bad-value', file, problem: parsed.problem, hint });
  }
}

const nameOf = (tile: number): string => `${`${tile}`.padStart(5, '0')}.tile`;

/** Writes the manifest of a new job; compares that of an old one. */
async function checkManifest(
  file: string,
  { digest, tiles }: JobManifest,
  permissions: AtomicWriteOptions,
): Promise<void> {
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const text = `${JSON.stringify({ lethe: 'job', version: 1, digest, tiles }, null, 1)}\n`;
  if (found === undefined) return atomicWrite(file, text, permissions);
  if (found !== text)
    fail(
      'other-job',
      `${file}: the folder holds other work (${described(found)}), not ${tiles} tiles with digest ${short(digest)}`,
      'continue with the inputs that it was begun with, or choose another folder; nothing was changed',
    );
}

function described(manifest: string): string {
  try {
    const json = parseJson(manifest, { file: 'manifest.json', bytes: 4096, depth: 1, values: 10 });
    const { digest, tiles } = json as { digest?: unknown; tiles?: unknown };
    return `${String(tiles)} tiles with digest ${short(String(digest))}`;
  } catch {
    return 'its manifest cannot be read';
  }
}

const short = (digest: string): string => (digest.length > 16 ? `${digest.slice(0, 16)}…` : digest);

/** What `atomicWrite` leaves behind where it is killed. */
async function removeTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/^\.[0-9a-f]{16}\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
}

async function collect(
  folder: string,
  { digest, tiles }: JobManifest,
): Promise<{ finished: Set<number>; discarded: DiscardedTile[] }> {
  const finished = new Set<number>();
  const discarded: DiscardedTile[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.tile')) continue;
    const file = join(folder, name);
    const tile = Number(name.slice(0, -'.tile'.length));
    const known = tile >= 0 && tile < tiles && name === nameOf(tile);
    const parsed = known
      ? parseTileFile({ job: digest, tile }, await readFile(file))
      : { problem: 'the job has no such tile' };
    if ('content' in parsed) finished.add(tile);
    else {
      discarded.push({ file, why: parsed.problem });
      await rm(file);
    }
  }
  return { finished, discarded };
}
