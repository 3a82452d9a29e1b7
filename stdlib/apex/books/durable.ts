// Brings what was written in a folder to the disk, so that it outlives a loss of power.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncPath } from '../../../compiler/files/index.ts';

/** fsync of every file and folder below `folder`, and of itself. What a platform cannot sync is passed over. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await syncFolder(path);
      else if (entry.isFile()) await syncPath(path);
    }),
  );
  await syncPath(folder);
}
