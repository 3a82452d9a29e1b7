// Killed once or twice; twelve and sixty times in kill.prove.test.ts.
import { afterAll, beforeAll, test } from 'vitest';
import { Shelf } from './entries.ts';
import { killAndLook } from './kills.ts';
import { killRenewals } from './renewals.ts';

let shelf: Shelf;
beforeAll(async () => {
  shelf = await Shelf.make();
});
afterAll(() => shelf.remove());

test('a process killed in the middle of a verdict leaves all of it or nothing', async () => {
  await killAndLook(await shelf.fresh('killed'), 1);
});

test('a process killed in the middle of a new registration leaves one current, and one nonce', async () => {
  await killRenewals(await shelf.fresh('renewed'), 2);
});
