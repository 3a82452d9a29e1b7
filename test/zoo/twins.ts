// A broken circuit and its repaired twin: one description, in which `isBroken` marks the difference.
import { circuit, type AnyCircuit, type CircuitBuilder } from '../../dsl/index.ts';
import type { Beside, Broken, Right } from './answer.ts';

interface Description extends Beside, Omit<Broken, 'is'> {
  readonly name: string;
  /** Why the repaired twin is right. */
  readonly repair: Right['because'];
  readonly circuit: (c: CircuitBuilder, isBroken: boolean) => void;
}

export interface Twins extends Omit<Description, 'circuit'> {
  readonly broken: AnyCircuit;
  readonly right: AnyCircuit;
}

export function twins({ circuit: describe, ...rest }: Description): Twins {
  const { name } = rest;
  return {
    ...rest,
    broken: circuit(`${name}-broken`, {}, (c) => describe(c, true)),
    right: circuit(name, {}, (c) => describe(c, false)),
  };
}
