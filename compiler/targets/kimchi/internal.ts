// Modules of o1js beside its entry. They are not part of its public interface: who uses one checks what it finds there, and
// works without it.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A module of o1js by its path from the entry's folder, as `bindings.js`. */
export const internal = (path: string): Promise<unknown> =>
  import(pathToFileURL(join(fileURLToPath(import.meta.resolve('o1js')), '..', path)).href);
