// The scope of a model: by its names where they are known, by a scope file elsewhere.
import { defaults } from '../defaults.ts';
import { checkBlockSize } from '../reference/checks.ts';
import { layoutTensors } from './layouts.ts';
import type { Matrices } from './layouts.ts';
import type { Model } from './model.ts';
import type { Scope } from './scope.ts';
import { readScopeFile, scopeFileTensors } from './scope-file.ts';

/** What decides the scope. */
export interface ScopeOptions {
  /** Which matrices of a model that is known by its names; `fc1` by default. */
  readonly matrices?: Matrices | undefined;
  /** A scope file; it is taken instead of the names. */
  readonly scopeFile?: string | undefined;
  /** d_b; goes before the scope file's, which goes before that of {@link defaults}. */
  readonly blockSize?: number | undefined;
}

/**
 * @throws FileError of `layoutTensors`, `readScopeFile` and `scopeFileTensors`; OperatorError `out-of-range` for the block size.
 */
export async function openScope(model: Model, options: ScopeOptions = {}): Promise<Scope> {
  const { matrices = 'fc1', scopeFile } = options;
  const file = scopeFile === undefined ? undefined : await readScopeFile(scopeFile);
  const blockSize = options.blockSize ?? file?.blockSize ?? defaults.blockSize;
  checkBlockSize(blockSize);
  const tensors =
    file === undefined ? layoutTensors(model, matrices) : scopeFileTensors(model, file);
  return { tensors, blockSize };
}
