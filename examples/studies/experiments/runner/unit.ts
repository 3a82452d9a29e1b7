// A unit of work: what is computed once and then only read. Its key is a hash over everything that its result depends on.
import { createHash } from 'node:crypto';
import type { Codec } from './codec.ts';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** Reads the result of a unit that was needed. */
export type Results = <T>(unit: Unit<T>) => Promise<T>;

export interface Unit<T> {
  readonly key: string;
  /** For progress. */
  readonly title: string;
  /** Units of one kind take about as long as each other. */
  readonly kind: string;
  /** A guess at how long one takes, until one of its kind was timed. */
  readonly seconds: number;
  readonly needs: readonly Unit<unknown>[];
  readonly codec: Codec<T>;
  /** `report` hears now and then how far a long unit is. */
  run(results: Results, report: (line: string) => void): Promise<T>;
}

export interface UnitOptions<T> extends Omit<Unit<T>, 'key' | 'needs' | 'seconds'> {
  /** Changes with the code that computes the result. */
  readonly version: number;
  readonly settings: Json;
  readonly needs?: readonly Unit<unknown>[];
  readonly seconds?: number;
}

/** The key is over kind, version, settings and the keys of what is needed. */
export function unit<T>(options: UnitOptions<T>): Unit<T> {
  const { version, settings, needs = [], seconds = 5, ...rest } = options;
  const identity = { kind: rest.kind, version, settings, needs: needs.map(({ key }) => key) };
  const key = createHash('sha256').update(canonical(identity)).digest('hex').slice(0, 24);
  return { ...rest, key, needs, seconds };
}

/** All units that some need, each once, after those that it needs itself. */
export function inOrder(goals: readonly Unit<unknown>[]): Unit<unknown>[] {
  const ordered = new Map<string, Unit<unknown>>();
  const visit = (each: Unit<unknown>): void => {
    if (ordered.has(each.key)) return;
    each.needs.forEach(visit);
    ordered.set(each.key, each);
  };
  goals.forEach(visit);
  return [...ordered.values()];
}

/** JSON with the names of every object in order. */
function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`;
}
