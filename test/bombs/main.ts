// npm run bombs: each bomb in its own process; prints a table of what it gave, how long it took, and the memory at its peak.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bombs } from './bombs.ts';
import { run } from './run.ts';

const folder = await mkdtemp(join(tmpdir(), 'lethe-bombs-'));
const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
try {
  const [alone] = await run(new Map([['nothing', '-']]), { heap: 4096, seconds: 600 });
  row(['file', 'refused with', 'seconds', 'MB']);
  row(['---', '---', '---', '---']);
  row(['none: the process by itself', '', '', alone!.peak.toFixed(0)]);
  for (const { name, make, codes } of bombs) {
    const file = join(folder, 'bomb');
    await make(file);
    const outcome = await run(new Map([[name, file]]), { heap: 8192, seconds: 600 }).then(
      ([only]) => only,
      (error: unknown) => String(error).slice(0, 60),
    );
    if (typeof outcome !== 'object') row([name, `${outcome}`, '', '']);
    else {
      const { code, seconds, peak } = outcome;
      const unexpected = codes.includes(code) ? '' : ' (unexpected)';
      row([name, `\`${code}\`${unexpected}`, seconds.toFixed(2), peak.toFixed(0)]);
    }
    await rm(file, { force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
