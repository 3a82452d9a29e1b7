// Moves inputs along an axis until a condition holds. Its value is a piecewise polynomial of the axis: two values of different signs
// are bracketed, else secants are followed, from far points first and then from near ones.
import { clamp, type Interval } from '../../numbers/interval.ts';
import type { Axis } from './axes.ts';
import { isMet, type Landscape, type Place, type Trial } from './landscape.ts';
import type { Random } from './random.ts';

interface Point {
  readonly x: bigint;
  /** How much the condition's value is above the target. */
  readonly off: bigint;
  readonly trial: Trial;
}

/** Trials with the least merit, and one where the condition holds, as far as there are any. */
export interface Approach {
  readonly best?: Trial;
  readonly met?: Trial;
}

/** Secants, from far points and from near ones. */
const [mostFar, mostNear] = [8, 6];

export function approach(
  landscape: Landscape,
  trial: Trial,
  { line, element }: Place,
  axis: Axis,
  random: Random,
): Approach {
  const condition = trial.conditions[line]?.[element];
  if (!condition || axis.bounds.low === axis.bounds.high) return {};
  const target = targetIn(condition.bounds, condition.value, random);
  const points = new Map<bigint, Point>();
  let [best, met]: (Trial | undefined)[] = [];
  const look = (to: bigint): Point | undefined => {
    const x = clamp(to, axis.bounds);
    const before = points.get(x);
    if (before) return before;
    const moved = x === axis.at ? trial : landscape.moved(trial, axis.move(x));
    const own = moved.conditions[line]?.[element];
    if (!best || moved.merit < best.merit) best = moved;
    if (!own) return undefined;
    const point = { x, off: own.value - target, trial: moved };
    points.set(x, point);
    if (isMet(own) && moved !== trial && (!met || moved.merit < met.merit)) met = moved;
    return point;
  };
  const here = look(axis.at);
  best = undefined;
  if (here) search(here);
  return { ...(best ? { best } : {}), ...(met ? { met } : {}) };

  function search(start: Point): void {
    const { low, high } = axis.bounds;
    if (high - low === 1n) return void look(low + high - start.x);
    const far = start.x - low > high - start.x ? low : high;
    let other = look(random.integer(axis.bounds));
    if (other?.off === start.off) other = look(far);
    if (!other || met || other.off === start.off) return;
    follow(start, other, mostFar);
    if (met) return;
    const nearest = [...points.values()].reduce((a, b) => (size(b.off) < size(a.off) ? b : a));
    for (let step = 1n; step <= high - low; step <<= 4n) {
      const near = look(nearest.x + step) ?? look(nearest.x - step);
      if (met) return;
      if (!near || near.off === nearest.off) continue;
      return follow(nearest, near, mostNear);
    }
  }

  function follow(first: Point, second: Point, most: number): void {
    let [p, q] = [first, second];
    for (let i = 0; i < most && !met; i++) {
      if (p.off === q.off) return;
      if (p.off < 0n !== q.off < 0n) return bisect(p, q);
      const next = look(secant(p, q));
      if (!next || next === p || next === q) return;
      [p, q] = [q, next];
    }
  }

  function bisect(first: Point, second: Point): void {
    let [p, q] = [first, second];
    for (let i = 0; !met && size(p.x - q.x) > 1n; i++) {
      const wanted = i % 2 === 0 ? secant(p, q) : (p.x + q.x) >> 1n;
      const next = look(wanted === p.x || wanted === q.x ? (p.x + q.x) >> 1n : wanted);
      if (!next) return;
      if (next.off < 0n === p.off < 0n) p = next;
      else q = next;
    }
  }
}

/** Where the line through two points is 0. */
const secant = (p: Point, q: Point): bigint => p.x - (p.off * (q.x - p.x)) / (q.off - p.off);

const size = (x: bigint): bigint => (x < 0n ? -x : x);

/** A value that the condition could have: its nearest, one near that, or any. */
export function targetIn(bounds: Interval, value: bigint, random: Random): bigint {
  const nearest = clamp(value, bounds);
  if (random.chance(0.3)) return nearest;
  return random.chance(0.7) ? random.near(nearest, bounds) : random.integer(bounds);
}
