import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Property tests are reproducible: CI fixes the seed, and a failure prints its own.
const long = ['test/**/*.prove.test.ts'];

/** o1js keeps native threads, and a prover takes all cores: files that prove run alone, one after the other. */
const proving = [
  ...long,
  'test/compiler/cli/{bench,commands,new}.test.ts',
  'test/compiler/prover/**/*.test.ts',
  'test/compiler/targets/kimchi/**/*.test.ts',
  'test/compiler/targets/source/{function,program}.test.ts',
  'test/stdlib/apex/kill.test.ts',
];

const project = (
  name: string,
  groupOrder: number,
  test: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration => ({
  extends: true,
  test: { ...test, name, sequence: { groupOrder } },
});

export default defineConfig({
  resolve: {
    alias: {
      'lethe/stdlib': new URL('./stdlib/index.ts', import.meta.url).pathname,
      'lethe/testing': new URL('./compiler/testing/index.ts', import.meta.url).pathname,
      lethe: new URL('./dsl/index.ts', import.meta.url).pathname,
    },
  },
  test: {
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    // Tests of one file that only start commands may do so side by side.
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    projects: [
      project('others', 0, { include: ['test/**/*.test.ts'], exclude: proving, maxWorkers: 2 }),
      project('proving', 1, {
        include: proving,
        exclude: process.env['LETHE_PROVE'] ? [] : long,
        maxWorkers: 1,
      }),
    ],
  },
});
