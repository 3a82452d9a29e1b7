// What an attacker writes in place of a value x.
import type { Variable } from '../../constraints/expression.ts';
import { canonical, inverse, modulus } from '../../numbers/field.ts';
import type { Interval } from '../../numbers/interval.ts';
import { domainOf, widthsOf } from './domain.ts';
import type { Graph } from './graph.ts';

/** Widths of the checks of kimchi's rows, at which carries go. */
const widths = [12, 16, 28, 40, 52, 64];

/**
 * ±1, ±2^s at the ends of its checks and of kimchi's rows, its sign, 0, the least that its checks exclude, fractions
 * x + k p / 2^s, and far away; `every` adds ±2^s for every s within its checks.
 */
export function changesOf(
  graph: Graph,
  variable: Variable,
  x: bigint,
  { every }: { every: boolean },
): bigint[] {
  const domain = domainOf(graph, variable);
  const own = widthsOf(graph, variable);
  const all = every ? Array.from({ length: (own[0] ?? 63) + 1 }, (_, s) => s) : [];
  const steps = [0, ...own, ...own.map((s) => s - 1), ...all, ...widths];
  const fractions = [1, 12 - (own[0] ?? 0), domain?.fraction ?? 0].filter((s) => s > 0);
  return distinct(x, [
    ...steps.filter((s) => s >= 0).flatMap((s) => [x + (1n << BigInt(s)), x - (1n << BigInt(s))]),
    -x,
    0n,
    ...own.filter((s) => s >= 0).map((s) => 1n << BigInt(s)),
    ...fractions.flatMap((s) => [1n, -1n, 3n].map((k) => x + k * inverse(1n << BigInt(s)))),
    x + modulus / 2n,
    modulus - 1n,
  ]);
}

/** The same for a value that follows from a gate: a few, as any wrong value is as good as another. */
export const changesOfDerived = (x: bigint): bigint[] => distinct(x, [x + 1n, x - 1n, 0n, -x]);

/** Integers around and outside [low, high]. */
export function changesOfInput({ low, high }: Interval, x: bigint): bigint[] {
  const span = high - low + 1n;
  const outside = widths.map((s) => 1n << BigInt(s)).filter((size) => size > span);
  return distinct(x, [
    high + 1n,
    low - 1n,
    high + span,
    low - span,
    high + 4096n,
    ...outside.flatMap((size) => [low + size, x + size, x - size]),
    ...[1n, 4n, 8n, 11n].map((s) => x + inverse(1n << s)),
    modulus / 2n,
    low,
    high,
    0n,
    x + 1n,
    x - 1n,
  ]);
}

function distinct(x: bigint, changes: readonly bigint[]): bigint[] {
  const values = new Set(changes.map(canonical));
  values.delete(canonical(x));
  return [...values];
}
