// lethe bench with proofs: a process for each run, and the reference beside the circuit.
import { expect, test } from 'vitest';
import { exampleFile, exampleInputs } from './lethe.ts';
import { start } from './start.ts';

test('one run', { timeout: 600_000 }, async () => {
  const args = ['bench', exampleFile, '--inputs', exampleInputs, '--runs', '1', '--json'];
  const { exit, stdout } = await start(...args);
  expect(exit).toBe(0);
  const { proof } = JSON.parse(stdout) as {
    proof: {
      ratio: number;
      runs: number;
      circuit: {
        seconds: { prove: { core: number } };
        memory: { prove: number };
        proofBytes: number;
      };
      reference: { seconds: { prove: { core: number } }; domain: number };
    };
  };
  const { circuit, reference, ratio, runs } = proof;
  expect(runs).toBe(1);
  expect(reference.domain).toBe(2 ** 13);
  expect(ratio).toBeCloseTo(circuit.seconds.prove.core / reference.seconds.prove.core, 9);
  expect(circuit.memory.prove).toBeGreaterThan(1e8);
  expect(circuit.proofBytes).toBe(7520);
});
