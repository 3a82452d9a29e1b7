// The Lagrange basis of a domain: half of what compiling takes, and nearly all of what the first verification in a process
// takes. It is the same for every circuit of that domain, so it is kept on the disk. Nothing on the disk is believed: a
// basis is taken only with the digest that is written here.
//
// o1js keeps bases so for ZkProgram alone. What is needed of it is not part of its public interface; where that is not as
// expected, or no file can be written, everything works as without a cache.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from './backend.ts';
import { collectGarbage } from './garbage.ts';
import { internal } from './internal.ts';

/** SHA-256 of what o1js 2.15.0 writes for the basis of a domain. */
const digests: Readonly<Record<string, string>> = {
  'lagrange-basis-fp-1024': '6f710240034a736f3bd692441917c9a361d2bb0d8a7179ca35046783faa95325',
  'lagrange-basis-fp-2048': '607265e8518bef9715c379f5c9ee9ce6b15fe26bc97ca8399caa93850a5c71cc',
  'lagrange-basis-fp-4096': 'a6f7f669117b2760594d50f74ca903d5717fe0875358d414fd2b316034360aad',
  'lagrange-basis-fp-8192': '74fcd808364d328bcb1af3c1bd7697755ee274a1f4be284b14bf48ca3b0c37a3',
  'lagrange-basis-fp-16384': 'e038f3832cd6121467889a28ebbb718fad600fe07d46942c2e2ab5053150c16d',
  'lagrange-basis-fp-32768': '9ce73076641180f3cf560164b5b747134678f625001c6247c6bf24d48755bb8b',
  'lagrange-basis-fp-65536': '7ac56691d914c18f3b3a09070dc0a2e96ad0426fe810e8fdc2735dadd2ac3d2f',
};

/** Where they are kept. LETHE_CACHE names another folder; empty, it turns the cache off. */
function cacheFolder(): string | undefined {
  const chosen = process.env['LETHE_CACHE'];
  if (chosen !== undefined) return chosen === '' ? undefined : chosen;
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'lethe');
}

/** Whether the disk has a basis of the domain, for estimates: what it holds is looked at when it is read. */
export function hasBasis(domain: number): boolean {
  const folder = cacheFolder();
  return folder !== undefined && existsSync(join(folder, basisName(domain)));
}

const ready = new Map<number, Promise<void>>();

/** Brings the basis of a domain into this process, from the disk where it can be. Never throws. */
export function prepareBasis(domain: number, backend: Backend): Promise<void> {
  const folder = cacheFolder();
  if (backend !== 'native' || folder === undefined || digests[basisName(domain)] === undefined)
    return Promise.resolve();
  const known = ready.get(domain);
  if (known) return known;
  const preparing = load(domain, folder).catch(() => undefined);
  ready.set(domain, preparing);
  return preparing;
}

const basisName = (domain: number): string => `lagrange-basis-fp-${domain}`;

async function load(domain: number, folder: string): Promise<void> {
  const { setSrsCache, unsetSrsCache } = (await internal('bindings/crypto/cache.js')) as SrsCaching;
  const { wasm, Pickles } = (await internal('bindings.js')) as Bindings;
  const { srs } = (globalThis as { __snarkyTsBindings?: { srs: (rust: unknown) => Srs } })
    .__snarkyTsBindings!;
  // Before there is a cache: the commitment key is computed as fast as o1js would read it, and reading it takes 190 MB.
  const key = Pickles.loadSrsFp();
  setSrsCache(diskCache(folder));
  try {
    srs(wasm).fp.lagrangeCommitment(key, domain, 0);
  } finally {
    unsetSrsCache();
    collectGarbage();
  }
}

interface Header {
  readonly persistentId: string;
}

/** o1js's interface of caches. */
interface Cache {
  readonly canWrite: boolean;
  read(header: Header): Uint8Array | undefined;
  write(header: Header, data: Uint8Array): void;
}

interface SrsCaching {
  setSrsCache(cache: Cache): void;
  unsetSrsCache(): void;
}

interface Bindings {
  readonly wasm: unknown;
  readonly Pickles: { loadSrsFp(): unknown };
}

interface Srs {
  readonly fp: { lagrangeCommitment(srs: unknown, domain: number, index: number): unknown };
}

function diskCache(folder: string): Cache {
  const isKnown = (name: string, data: Uint8Array): boolean =>
    digests[name] === createHash('sha256').update(data).digest('hex');
  return {
    canWrite: true,
    read({ persistentId }) {
      if (digests[persistentId] === undefined) return undefined;
      try {
        const data = new Uint8Array(readFileSync(join(folder, persistentId)));
        return isKnown(persistentId, data) ? data : undefined;
      } catch {
        return undefined;
      }
    },
    // Whole or not at all: several processes may write the same at once.
    write({ persistentId }, data) {
      if (!isKnown(persistentId, data)) return;
      mkdirSync(folder, { recursive: true });
      const temporary = join(folder, `${persistentId}.${process.pid}`);
      writeFileSync(temporary, data);
      renameSync(temporary, join(folder, persistentId));
    },
  };
}
