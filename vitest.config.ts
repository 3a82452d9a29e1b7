import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { tier } from './test/tier.ts';

/** Only in full: long proofs, and long cases of what a smaller one shows in normal. */
const long = ['test/**/*.{full,prove}.test.ts'];

/** They change the environment, the console or a module, or print the hints that are known, and take a process each. All others share one: to load the compiler
 * again for every file would take a second each. */
const apart = [
  'test/compiler/cli/{bench,new}.test.ts',
  'test/compiler/prover/{job,workers/crew,workers/orphan}.test.ts',
  'test/errors.test.ts',
  'test/compiler/program/text/bad.test.ts',
  'test/compiler/numbers/poseidon-fast.test.ts',
  'test/compiler/targets/noir/**/*.test.ts',
  'test/examples/*/**/*.test.ts',
];

/** Not in quick: whatever starts a process, proves, or has a disk, a model or a database under it. Few histories of the protocol are tried all the same. */
const slow = [
  'test/compiler/{profile,cli,files,prover}/**',
  'test/compiler/targets/**',
  'test/examples/**',
  'test/stdlib/apex/*.test.ts',
  'test/stdlib/apex/!(protocol)/**',
  'test/readme.test.ts',
  'test/bombs/**',
];

/** o1js keeps native threads, and a prover takes all cores: files that prove run alone, one after the other. */
const proving = [
  'test/**/*.prove.test.ts',
  'test/compiler/cli/commands.test.ts',
  'test/compiler/prover/pool.test.ts',
  'test/compiler/targets/kimchi/**/*.test.ts',
  'test/compiler/targets/source/{function,program}.test.ts',
  'test/stdlib/apex/kill.test.ts',
];

const left = { quick: [...long, ...slow], normal: long, full: [] }[tier];

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
    // They stop what hangs; a slow machine or disk must not fail.
    testTimeout: tier === 'full' ? 1_200_000 : 600_000,
    hookTimeout: tier === 'full' ? 1_200_000 : 600_000,
    projects: [
      project('shared', 0, {
        include: ['test/**/*.test.ts'],
        exclude: [...apart, ...proving, ...left],
        isolate: false,
        maxWorkers: 2,
      }),
      project('apart', 0, { include: apart, exclude: [...proving, ...left], maxWorkers: 2 }),
      project('proving', 1, { include: proving, exclude: left, maxWorkers: 1 }),
    ],
  },
});
