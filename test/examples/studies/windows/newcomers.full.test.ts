// Three clients of one θ_p and one curvature after two windows, on a model that has learned nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { distance, newcomers } from '../../../../examples/studies/windows/newcomers.ts';
import { maskedFor, openClients } from '../../../../examples/studies/windows/parties.ts';
import {
  defaultArchitecture,
  initialWeights,
} from '../../../../examples/unlearn-digits/architecture.ts';
import {
  makeFolders,
  writeClientFiles,
  writeProviderFiles,
} from '../../../../examples/unlearn-digits/files.ts';
import { drawGlyphs } from '../../../../examples/unlearn-digits/glyphs.ts';
import { mlpScope, scopeVector } from '../../../../examples/unlearn-digits/scope.ts';
import type { Weights } from '../../../../examples/unlearn-digits/weights.ts';

const parent = await mkdtemp(join(tmpdir(), 'lethe-windows-'));
afterAll(() => rm(parent, { recursive: true }));
const folders = await makeFolders(join(parent, 'parties'));
const weights = initialWeights(defaultArchitecture, 1);
const glyphs = (seed: number) => drawGlyphs({ count: 32, seed });
await writeProviderFiles(folders, { weights, forget: glyphs(1), forgetTest: glyphs(1) });
await writeClientFiles(folders, weights, glyphs(2));

const names = mlpScope();
const clients = await openClients(folders);
const first = await maskedFor(clients.plan, folders, 0.02);
const second = await maskedFor(clients.plan, folders, 0.04);
const { masked, weights: found } = await newcomers(folders, clients, [first, second]);
const far = (a: Weights, b: Weights): number => distance(names, a, b).norm;

test('the second window holds both masks', () => {
  const count = scopeVector(weights, names).length;
  expect(masked).toEqual([Math.round(0.02 * count), Math.round(0.04 * count)]);
});

const positions = new Set([...first, ...second]);
test.each(['maskOnly', 'float', 'old', 'newcomer', 'uncompensated'] as const)(
  '%s: 0 at the positions of both masks, and nowhere else',
  (kind) => {
    const zeros = [...scopeVector(found[kind], names).entries()].filter(([, value]) => value === 0);
    expect(zeros.map(([position]) => position)).toEqual([...positions].sort((a, b) => a - b));
  },
);

test('an old client and a newcomer come near to the one exact step, and who compensates for less does not', () => {
  const masking = far(found.maskOnly, found.float);
  const [old, newcomer, uncompensated] = [found.old, found.newcomer, found.uncompensated].map(
    (each) => far(each, found.float),
  );
  expect(old).toBeLessThan(masking / 100);
  expect(newcomer).toBeLessThan(masking / 100);
  expect(uncompensated).toBeGreaterThan(masking / 2);
});
