// The basis of a domain on the disk: made once, taken by its digest alone, and never needed.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleFile, exampleInputs } from '../../cli/lethe.ts';
import { startWith } from '../../cli/start.ts';

const digestOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

test('a basis that is not the right one is not used, and made again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-basis-'));
  try {
    const proof = join(folder, 'proof.json');
    const cached = { LETHE_CACHE: join(folder, 'cache') };
    const proved = await startWith(
      cached,
      ...['prove', exampleFile, '--inputs', exampleInputs, '--out', proof],
    );
    expect(proved.exit).toBe(0);

    const basis = join(cached.LETHE_CACHE, 'lagrange-basis-fp-8192');
    const digest = await digestOf(basis);
    const bytes = await readFile(basis);
    // Another point for the first one: a basis under which other public values would verify.
    await writeFile(basis, bytes.toString('utf8').replace(/\d{20}/, '1'.repeat(20)));
    expect(await digestOf(basis)).not.toBe(digest);
    const verified = await startWith(cached, 'verify', proof, '--circuit', exampleFile);
    expect(verified.exit).toBe(0);
    expect(await digestOf(basis)).toBe(digest);

    const without = { LETHE_CACHE: '' };
    expect((await startWith(without, 'verify', proof, '--circuit', exampleFile)).exit).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
