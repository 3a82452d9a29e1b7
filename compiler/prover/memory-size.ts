// Sizes as people write them: 700MB (powers of 1000), 4GiB (powers of 1024), 123456 (bytes).
import { fail } from '../diagnostics/diagnostic.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** In bytes. Throws `bad-size`. */
export function parseMemorySize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/.exec(text.trim().toLowerCase()) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit ?? 'none'] ?? NaN));
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  return fail('bad-size', `"${text}" is no size of memory`, 'write it as 700MB or 4GiB');
}

/** `1.8 GiB`, with two digits. */
export function renderMemorySize(bytes: number): string {
  const [size, unit] = bytes >= 2 ** 30 ? [bytes / 2 ** 30, 'GiB'] : [bytes / 2 ** 20, 'MiB'];
  return `${size >= 10 ? Math.round(size) : size.toFixed(1)} ${unit}`;
}
