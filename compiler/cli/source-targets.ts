// The languages that `lethe emit` writes. Each is loaded when it is asked for.
import { fail } from '../diagnostics/diagnostic.ts';
import type { SourceTarget } from '../targets/source-target.ts';

const targets: Readonly<Record<string, () => Promise<SourceTarget>>> = {
  o1js: async () => (await import('../targets/source/index.ts')).o1js,
  noir: async () => (await import('../targets/noir/package.ts')).noir,
};

export const targetNames = Object.keys(targets);

/** Throws `unknown-target`, or `unknown-kind` when the target has no kind `as`. */
export async function findTarget(name: string, as?: string): Promise<SourceTarget> {
  if (!Object.hasOwn(targets, name))
    fail('unknown-target', `no target is called "${name}"`, `known: ${targetNames.join(', ')}`);
  const target = await targets[name]!();
  if (as !== undefined && !target.kinds.includes(as))
    fail(
      'unknown-kind',
      `target ${name} does not write a circuit as "${as}"`,
      target.kinds.length > 0 ? `it writes: ${target.kinds.join(', ')}` : 'leave --as out',
    );
  return target;
}
