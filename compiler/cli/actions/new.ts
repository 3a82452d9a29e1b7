// lethe new: a package of an author's own, with a circuit, its tests, inputs and a locked cost. Its files are those under
// compiler/cli/starter, with another name.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.ts';
import type { Outcome } from '../exit.ts';
import { dependencyFrom, ownFolder } from '../own-package.ts';
import type { NewOptions } from '../commands/new.ts';

/** What the files of the starter are called by, and their package must not be. */
const placeholder = 'starter';

export async function make(name: string, { lethe }: NewOptions): Promise<Outcome> {
  const starter = join(ownFolder, 'compiler/cli/starter');
  const manifest = JSON.parse(await readFile(join(starter, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const taken = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  checkName(name, taken);
  const folder = resolve(name);
  await checkEmpty(name, folder);
  const dependency = lethe ?? (await dependencyFrom(folder));
  const files = (await readdir(starter)).sort();
  await mkdir(folder, { recursive: true });
  const written = files.map((file) => (file === 'gitignore' ? '.gitignore' : file));
  for (const [i, file] of files.entries()) {
    const text = (await readFile(join(starter, file), 'utf8')).replaceAll(placeholder, name);
    const own = file === 'package.json' ? withDependency(text, dependency) : text;
    await writeFile(join(folder, written[i]!), own, { flag: 'wx' });
  }
  return {
    exit: 0,
    json: { ok: true, name, folder, lethe: dependency, files: written },
    text: `made ${name}, which depends on lethe ${dependency}: ${written.join(', ')}

  cd ${name}
  npm install
  npm run check       float, fixed point and every constraint on inputs.json
  npm test            the laws on random inputs, and the locked cost
  npm run prove       a proof; then npm run verify
`,
  };
}

function withDependency(text: string, dependency: string): string {
  const manifest = JSON.parse(text) as { dependencies: Record<string, string> };
  const dependencies = { ...manifest.dependencies, lethe: dependency };
  return `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`;
}

/** Throws `bad-name`. */
function checkName(name: string, taken: readonly string[]): void {
  if (!/^[a-z][a-z0-9]*([-._][a-z0-9]+)*$/.test(name) || name.length > 100)
    fail(
      'bad-name',
      `"${name}" is not a name for a package`,
      'lower-case letters and digits, a letter first, with single "-", "." or "_" between them',
    );
  if (taken.includes(name) || name === 'node_modules')
    fail('bad-name', `"${name}" is the name of another package`, 'choose another name');
}

/** Throws `not-empty`. */
async function checkEmpty(name: string, folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => error.code);
  if (found === 'ENOENT' || (Array.isArray(found) && found.length === 0)) return;
  const what = Array.isArray(found) ? `holds ${found.length} files` : 'is no folder';
  fail('not-empty', `${name} ${what}`, 'choose another name, or remove it');
}
