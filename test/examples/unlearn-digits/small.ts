// The demo's parties, small: generated glyphs and few steps.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import {
  makeFolders,
  writeClientFiles,
  writeProviderFiles,
  type Folders,
} from '../../../examples/unlearn-digits/files.ts';
import { firstImages } from '../../../examples/unlearn-digits/images.ts';
import { learn, type Learned } from '../../../examples/unlearn-digits/learning.ts';

export interface SmallParties extends Learned {
  readonly folders: Folders;
  readonly messages: readonly string[];
}

/** In a temporary folder that is removed when the tests of the file are done. */
export async function smallParties(): Promise<SmallParties> {
  process.env['LETHE_DATA'] = '/nowhere';
  const messages: string[] = [];
  const learned = await learn({
    seed: 1,
    forgetClass: 3,
    digits: 700,
    split: { globalTest: 100, personalTraining: 100, personalTest: 100 },
    epochs: 2,
    report: (message) => messages.push(message),
  });
  const parent = await mkdtemp(join(tmpdir(), 'lethe-demo-'));
  afterAll(() => rm(parent, { recursive: true }));
  const folders = await makeFolders(join(parent, 'demo'));
  const { provider, client } = learned;
  await writeProviderFiles(folders, provider);
  await writeClientFiles(folders, client.weights, firstImages(client.images, 32));
  return { ...learned, folders, messages };
}
