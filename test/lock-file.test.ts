// Whatever npm installs is pinned by its content, on every platform, from whatever registry it comes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const { packages } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
) as { readonly packages: Readonly<Record<string, Entry>> };

const installed = Object.entries(packages).filter(([path]) => path !== '');

/** Named by `@o1js/native`, and published in no version: npm has nothing to install. */
const unpublished = ['node_modules/@o1js/native/node_modules/@o1js/native-win32-x64'];

test('every package has the SHA-512 of its tarball', () => {
  expect(installed.length).toBeGreaterThan(50);
  const unpinned = installed.filter(
    ([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
  );
  expect(unpinned.map(([path]) => path)).toEqual(unpublished);
  for (const [, entry] of unpinned) expect(entry).toEqual({ optional: true });
});

test('every native package of o1js is there', () => {
  const native = installed.filter(([path]) => /@o1js\/native-[a-z0-9-]+$/.test(path));
  expect(native.map(([path]) => path.slice(path.lastIndexOf('native-')))).toEqual([
    'native-darwin-arm64',
    'native-darwin-x64',
    'native-linux-arm64',
    'native-linux-x64',
    'native-win32-x64',
  ]);
});

test('no registry is named', () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
