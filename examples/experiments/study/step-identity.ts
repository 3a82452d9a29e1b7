// What the fixed-point results of a step depend on: its sizes and formats, and the program that it is.
import { createHash } from 'node:crypto';
import { print } from '../../../compiler/ir/print.ts';
import { stepCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import type { Json } from '../runner/unit.ts';

const known = new Map<string, Json>();

export function stepIdentity(spec: StepSpec): Json {
  const written = JSON.stringify(spec);
  const before = known.get(written);
  if (before) return before;
  const text = print(stepCircuit(spec, 1).build());
  const program = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const identity = { spec: JSON.parse(written) as Json, program };
  known.set(written, identity);
  return identity;
}
