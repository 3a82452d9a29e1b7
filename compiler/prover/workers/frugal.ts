// What keeps a worker small, in the same processor time: docs/performance.md says by how much. `lethe bench` measures in
// workers of this kind.

/**
 * A young generation of 1 MiB: o1js makes much garbage, and what is collected early is not resident. And a garbage
 * collector that can be called where much has just become garbage (targets/kimchi/garbage.ts).
 */
export const frugalFlags: readonly string[] = ['--max-semi-space-size=1', '--expose-gc'];

/** One arena for all threads: glibc otherwise keeps what each of them has freed. Others' allocators do not read it. */
export const frugalEnvironment = (): Readonly<Record<string, string>> =>
  process.env['MALLOC_ARENA_MAX'] === undefined ? { MALLOC_ARENA_MAX: '1' } : {};
