// What the fixed-point results of a step depend on: its sizes and formats, the program that it is, and what its form commits to.
import { createHash } from 'node:crypto';
import { print } from '../../../../compiler/program/print.ts';
import { stepCircuit, type StepSpec } from '../../../../stdlib/apex/circuit/tile.ts';
import { forms } from '../../../../stdlib/apex/forms/index.ts';
import type { Json } from '../runner/unit.ts';

const known = new Map<string, Json>();

export function stepIdentity(spec: StepSpec): Json {
  const written = JSON.stringify(spec);
  const before = known.get(written);
  if (before) return before;
  const text = print(stepCircuit(spec, 1).build());
  const identity = {
    spec: JSON.parse(written) as Json,
    program: digest(text),
    curvature: digest(committed(spec).join()),
  };
  known.set(written, identity);
  return identity;
}

/** The numbers committed to for a block of no particular gradients. */
function committed(spec: StepSpec): Float64Array {
  const gradients = Array.from({ length: 3 }, (_, n) =>
    Float64Array.from({ length: spec.size }, (_, i) => Math.sin(1 + n + 3 * i)),
  );
  return forms[spec.form].curvature(gradients, 1, spec);
}

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);
