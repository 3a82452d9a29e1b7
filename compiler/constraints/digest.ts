// A circuit's identity: SHA-256 over its ports and gates. Two circuits of one digest have one verification key.
import { createHash } from 'node:crypto';
import type { ConstraintSystem } from './system.ts';

/** 64 hexadecimal digits. Provenance, names of secrets and the prover's rules of filling in do not enter. */
export function systemDigest({ variables, ports, gates }: ConstraintSystem): string {
  const hash = createHash('sha256');
  const absorb = (value: unknown): void => {
    hash.update(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString(16) : v)));
    hash.update('\n');
  };
  absorb(['lethe constraint system', 1, variables]);
  for (const { visibility, variables: own, name } of ports)
    if (visibility === 'public') absorb([name, own]);
  for (const { gate } of gates) absorb(gate);
  return hash.digest('hex');
}
