// Parameters that change nothing: no assertion depends on them. Other values are tried, on a small build first: a parameter that matters
// shows there as well. A parameter that changes nothing is reported only of the build itself.
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { candidateBits } from '../choices/candidates.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Chooser } from '../ir/open.ts';
import type { Program } from '../ir/program.ts';
import { print } from '../program/print.ts';

/** The largest parameter of a small build. */
const smallest = 4;

/** `built`: the program to compare others with. It gives the parameters and the bits of open choices. */
export function findUnusedParameters(circuit: AnyCircuit, built: Program): Diagnostic[] {
  const { parameters, choices = [] } = built;
  const bits = new Map(choices.map((choice) => [choice.name, choice.bits]));
  const choose: Chooser = (open) => bits.get(open.name) ?? candidateBits(open).at(-1)!;
  const texts = new Map<string, string | undefined>();
  /** Undefined where it cannot be built. */
  const textOf = (values: Parameters): string | undefined => {
    const key = JSON.stringify(values);
    if (!texts.has(key)) texts.set(key, buildText(circuit, values, choose));
    return texts.get(key);
  };
  const small = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, Math.min(value, smallest)]),
  );
  return Object.keys(parameters).flatMap((key): Diagnostic[] => {
    for (const at of [small, parameters]) {
      const same = sameFor(key, at, textOf);
      if (same === undefined) return [];
      if (at === parameters && same.length > 0) return [finding(circuit.name, key, at[key]!, same)];
    }
    return [];
  });
}

/** Other values of a parameter that give the same text; undefined where one gives another. */
function sameFor(
  key: string,
  at: Parameters,
  textOf: (values: Parameters) => string | undefined,
): number[] | undefined {
  const own = textOf(at);
  const value = at[key]!;
  if (own === undefined) return [];
  const same: number[] = [];
  for (const other of new Set([value + 1, 2 * value, value - 1])) {
    if (other === value || other < 0) continue;
    const text = textOf({ ...at, [key]: other });
    if (text === undefined) continue;
    if (text !== own) return undefined;
    same.push(other);
  }
  return same;
}

/** Without the parameters themselves. A build function may throw anything at values that it is not made for. */
function buildText(
  circuit: AnyCircuit,
  parameters: Parameters,
  choose: Chooser,
): string | undefined {
  try {
    return print({ ...circuit.build(parameters, choose), parameters: {} });
  } catch {
    return undefined;
  }
}

const finding = (
  circuit: string,
  key: string,
  value: number,
  same: readonly number[],
): Diagnostic => ({
  code: 'unused-parameter',
  message: `the parameter "${key}" of circuit ${circuit} changes nothing: the program is the same with ${key}=${value} and with ${key}=${same.join(', ')}`,
  hint: 'assert what it stands for, or remove it',
});
