// Verification keys that this provider compiled, by the digest of their circuit. A file that is no key of the circuit is made
// again.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { atomicWrite, readText } from '../../../compiler/files/index.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { keyFileLimits, renderKeyFile, trustedKey } from '../../../compiler/prover/key-file.ts';

/** The key of a circuit, where it was kept, and where to keep it; it is trusted. */
export interface KeyStore {
  read(circuit: LoweredProgram): Promise<string | undefined>;
  write(circuit: LoweredProgram, key: string): Promise<void>;
}

export function keysIn(folder: string): KeyStore {
  const fileOf = (digest: string): string => join(folder, `${digest}.json`);
  return {
    async read(circuit) {
      const file = fileOf(systemDigest(circuit.system));
      const text = await readText(file, keyFileLimits).catch(() => undefined);
      if (text === undefined) return undefined;
      try {
        return trustedKey(text, file, circuit);
      } catch (error) {
        if (isLetheError(error)) return undefined;
        throw error;
      }
    },
    async write({ program, system }, key) {
      await mkdir(folder, { recursive: true });
      const digest = systemDigest(system);
      await atomicWrite(fileOf(digest), renderKeyFile({ circuit: program.name, digest, key }));
    },
  };
}

/** A store that writes what it is given only when `keep` is called. */
export interface LateKeys extends KeyStore {
  keep(): Promise<void>;
}

/** For a bundle that may be refused: a key that was compiled for it is kept when it is accepted. */
export function keepLater(keys: KeyStore): LateKeys {
  const made: (readonly [LoweredProgram, string])[] = [];
  return {
    read: (circuit) => keys.read(circuit),
    async write(circuit, key) {
      made.push([circuit, key]);
    },
    async keep() {
      for (const [circuit, key] of made.splice(0)) await keys.write(circuit, key);
    },
  };
}
