// What keeps a worker small, measured at 2^13 rows with range checks: 780 to 930 MB at the peak without, 660 MB with, in the
// same processor time. `lethe bench` measures in workers of this kind.

/** V8's young generation: o1js makes much garbage, and what is collected early is not resident. In MiB. */
export const frugalFlags: readonly string[] = ['--max-semi-space-size=1'];

/** One arena for all threads: glibc otherwise keeps what each of them has freed. Others' allocators do not read it. */
export const frugalEnvironment = (): Readonly<Record<string, string>> =>
  process.env['MALLOC_ARENA_MAX'] === undefined ? { MALLOC_ARENA_MAX: '1' } : {};
