// The answer for a specimen, written down before any net is run on it.
import type { Specification } from '../../compiler/testing/specification/specification.ts';

export const nets = [
  'building',
  'determinism',
  'assumptions',
  'hiding',
  'binding',
  'declarations',
  'tampering',
  'mutation',
  'specification',
] as const;
export type Net = (typeof nets)[number];

/** Where the fault was found, or who describes it. */
export interface Source {
  readonly catalogue: string;
  readonly title: string;
  readonly url: string;
}

/** Whether the circuit shows the fault by itself, or only somebody who knows what it is meant to prove sees it. */
export type Shows = 'circuit' | 'specification';

export interface Broken {
  readonly is: 'broken';
  readonly fault: string;
  /** The attack of a wrong prover. */
  readonly attack: string;
  readonly shows: Shows;
  /** The nets that should find it; others may. */
  readonly nets: readonly Net[];
}

export interface Right {
  readonly is: 'right';
  /** Why no prover can do anything else. */
  readonly because: string;
}

export type Answer = Broken | Right;

/** Flat tensors of real numbers, by input. */
export type RealInputs = Readonly<Record<string, readonly number[]>>;

export interface Beside {
  readonly source: Source;
  /** Inputs that an honest prover has: where random ones are refused, and where a fault shows on few. */
  readonly inputs?: readonly RealInputs[];
  readonly spec?: Specification;
  /** How far outputs may be from the specification's, in real units. Default: 0. */
  readonly within?: number;
}
