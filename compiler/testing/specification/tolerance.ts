// The distance that an output may have from the specification: the author's, or the derived bound for exact inputs, where that
// excludes a value and rests on no assumption.
import { analyzeAssumptions } from '../../analyses/assumptions/assumptions.ts';
import { fractionOf } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { analyzeErrors } from '../../meanings/error.ts';
import { toReal } from '../../numbers/rounding.ts';
import { mistaken } from '../mistake.ts';
import { boundsOfFloat64 } from '../near-reals.ts';
import { roughly } from './show.ts';
import type { Within } from './specification.ts';
import { outputsOf } from './statement.ts';

/** For each element of the line whose numbers are those of the output. */
export function toleranceOf(
  circuit: LoweredProgram,
  name: string,
  line: number,
  within: Within | undefined,
): readonly number[] {
  const size = circuit.ranges[line]!.length;
  const own = typeof within === 'object' ? within[name] : within;
  if (own !== undefined) return new Array<number>(size).fill(own);
  const known = derived.get(circuit) ?? new Map<string, readonly number[]>();
  derived.set(circuit, known);
  const bounds = known.get(name) ?? derivedTolerance(circuit, name, line);
  known.set(name, bounds);
  return bounds;
}

const derived = new WeakMap<LoweredProgram, Map<string, readonly number[]>>();

function derivedTolerance(circuit: LoweredProgram, name: string, line: number): readonly number[] {
  const bounds = boundsOf(circuit, name, line);
  const assumed = analyzeAssumptions(circuit).restsOn[line]!;
  if (assumed.length > 0) {
    const names = assumed.map((each) => `"${each}"`).join(', ');
    const largest = roughly(Math.max(0, ...bounds));
    refuse(
      name,
      `output "${name}": the derived distance ${largest} rests on ${names}, which the constraints do not prove`,
    );
  }
  return bounds;
}

/**
 * The derived bounds against a specification that computes in float64; where its own rounding could turn a decision, the bounds
 * against exact reals. Throws a Mistake where there is none, or none that excludes a value.
 */
function boundsOf(circuit: LoweredProgram, name: string, line: number): number[] {
  const { program, ranges } = circuit;
  const { format } = program.lines[line]!.type;
  const inFloat64 = boundsOfFloat64(circuit, 'exact')[line]!;
  const exact = analyzeErrors(program, ranges, 'exact')[line]!;
  return inFloat64.map((rounded, element) => {
    const { low, high } = ranges[line]![element]!;
    const span = toReal(high - low, fractionOf(format));
    const saysSomething = (bound: number): boolean => bound === 0 || bound < span;
    const bound = saysSomething(rounded) ? rounded : exact[element]!;
    const place = `output "${name}", element ${element}`;
    if (!Number.isFinite(bound)) refuse(name, `${place}: no distance to the reals is derived`);
    if (!saysSomething(bound))
      refuse(name, `${place}: the derived distance ${roughly(bound)} excludes no value`);
    return bound;
  });
}

function refuse(name: string, problem: string): never {
  return mistaken(
    'no-tolerance',
    `${problem}, so the reals of the specification can not be compared with it`,
    `say how far it may be off, within: { ${JSON.stringify(name)}: 0.01 }; or let the specification give integers in units of the last place (bigint), which are compared exactly`,
  );
}

/** Throws a Mistake for an invalid distance, or for a distance of an output that the circuit does not have. */
export function checkWithin({ program }: LoweredProgram, within: Within | undefined): void {
  const given = typeof within === 'object' ? Object.entries(within) : [];
  const outputs = outputsOf(program).map(({ name }) => name);
  for (const [name] of given)
    if (!outputs.includes(name))
      mistaken(
        'bad-within',
        `within: the circuit has no output "${name}"`,
        `it has: ${outputs.join(', ') || 'none'}`,
      );
  const all = typeof within === 'number' ? [['', within] as const] : given;
  for (const [name, distance] of all)
    if (!(distance >= 0 && distance < Infinity))
      mistaken(
        'bad-within',
        `within${name && `, output "${name}"`}: ${String(distance)} is no distance`,
        'a finite number of real units, 0 or more',
      );
}
