import { defineConfig } from 'vitest/config';

// Property tests are reproducible: CI fixes the seed, and a failure prints its own.
const proofs = ['test/**/*.prove.test.ts'];

export default defineConfig({
  resolve: {
    alias: {
      'lethe/stdlib': new URL('./stdlib/index.ts', import.meta.url).pathname,
      'lethe/testing': new URL('./compiler/testing/index.ts', import.meta.url).pathname,
      lethe: new URL('./dsl/index.ts', import.meta.url).pathname,
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: process.env['LETHE_PROVE'] ? [] : proofs,
    setupFiles: ['test/setup.ts'],
    // o1js keeps native threads: proofs run in forked processes, one at a time.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
