// One compilation for all suites of a test file: each says at once what it will need, and has it when its tests run.
import { beforeAll } from 'vitest';
import { compileTogether, type Compilable, type NoirCircuit } from './noir.ts';

const wanted: Compilable[] = [];
let compiled: readonly NoirCircuit[] = [];

beforeAll(async () => {
  compiled = await compileTogether(wanted);
});

/** To be called while tests are collected; its result while they run. */
export function compiledLater(item: Compilable): () => NoirCircuit {
  const index = wanted.push(item) - 1;
  return () => compiled[index]!;
}
