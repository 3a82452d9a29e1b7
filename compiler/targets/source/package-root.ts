// Where lethe itself lies: its sources, of which emitted packages are made, and its own package.json.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const manifestPath = createRequire(import.meta.url).resolve('lethe/package.json');

/** The folder of the package, whether this runs from dist/ or from the sources. */
export const packageRoot = dirname(manifestPath);

export interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(manifestPath, 'utf8')) as Manifest;
