// docs/bring-your-model.md has every reason of a refusal, and no others.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { reasons } from '../../../../stdlib/apex/documents/reasons.ts';

test('the tables of the document have the codes of the list', async () => {
  const file = new URL('../../../../docs/bring-your-model.md', import.meta.url);
  const text = await readFile(file, 'utf8');
  const section = /^## Why a bundle is refused\n(.*?)^## /ms.exec(text)![1]!;
  const codes = [...section.matchAll(/^\| `([a-z-]+)` /gm)].map((match) => match[1]!);
  expect([...new Set(codes)].sort()).toEqual(Object.keys(reasons).sort());
});
