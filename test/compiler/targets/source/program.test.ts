// An emitted ZkProgram: its one method has the gates of the circuit. program.prove.test.ts proves with it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emit } from '../../../../compiler/targets/kimchi/emit.ts';
import type { KimchiGate } from '../../../../compiler/targets/kimchi/prover.ts';
import { gatesBy, writePackages, type Packages } from './packages.ts';
import { small } from './small.ts';

let packages: Packages;
beforeAll(async () => {
  packages = await writePackages(new Map([['small', small]]), { as: 'program' });
});
afterAll(() => packages.remove());

test('its method has the gates of the circuit', async () => {
  const expected = await gatesBy(emit, small.system);
  const { zk } = await packages.load<{
    zk: { analyzeMethods(): Promise<{ prove: { rows: number; gates: KimchiGate[] } }> };
  }>('small', 'program.js');
  const { prove } = await zk.analyzeMethods();
  expect(prove.rows).toBe(expected.rows);
  expect(prove.gates).toEqual(expected.gates);
});
