// In a CommonJS package an author's file, and the library with it, is loaded by require, which does not find packages that
// export to import alone, as those of chevrotain do. Here it is told what import would find.
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';

type Resolve = (request: string, parent?: { paths?: string[] }, ...rest: unknown[]) => string;

const resolver = Module as unknown as { _resolveFilename: Resolve };

interface Manifest {
  readonly exports?: { readonly '.'?: { readonly import?: unknown } };
}

let found = false;

/** For the rest of the process, once. */
export function findImportOnlyPackages(): void {
  if (found) return;
  found = true;
  const original = resolver._resolveFilename;
  resolver._resolveFilename = function (this: unknown, request, parent, ...rest) {
    try {
      return original.call(this, request, parent, ...rest);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
      for (const folder of parent?.paths ?? []) {
        const file = entryOf(join(folder, request));
        if (file !== undefined) return file;
      }
      throw error;
    }
  };
}

/** What a package gives to `import`; undefined where there is none. */
function entryOf(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const entry = (JSON.parse(text) as Manifest).exports?.['.']?.import;
    return typeof entry === 'string' ? join(folder, entry) : undefined;
  } catch {
    return undefined;
  }
}
