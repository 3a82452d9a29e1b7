// Linear gates as forms Σ weight · variable + constant, with the definitions of some variables put in.
import type { Variable } from '../../constraints/expression.ts';
import type { LinearGate } from '../../constraints/gates.ts';
import { centered } from '../../numbers/field.ts';
import type { Graph } from '../tamper/graph.ts';

/** Weights in (−p/2, p/2), none of them 0; that of `one` is the constant. */
export type Form = ReadonlyMap<Variable, bigint>;

/** Stands for 1 in a form. */
export const one = -1;

/** What the gate says is 0. */
export const equation = ({ terms, constant, out }: LinearGate): Form =>
  sum([
    ...terms.map(({ variable, coefficient }) => [variable, coefficient] as const),
    [one, constant],
    [out, -1n],
  ]);

/** The form with every variable that `into` names, and a linear gate defines, replaced by its definition. */
export function expand(graph: Graph, form: Form, into: (variable: Variable) => boolean): Form {
  const parts = [...form].flatMap(([variable, weight]): (readonly [Variable, bigint])[] => {
    const gate = graph.definitions[variable];
    if (gate?.kind !== 'linear' || !into(variable)) return [[variable, weight]];
    const definition = new Map(equation(gate));
    definition.delete(gate.out);
    return [...expand(graph, definition, into)].map(([v, w]) => [v, weight * w]);
  });
  return sum(parts);
}

function sum(parts: readonly (readonly [Variable, bigint])[]): Form {
  const form = new Map<Variable, bigint>();
  for (const [variable, weight] of parts)
    form.set(variable, centered((form.get(variable) ?? 0n) + weight));
  return new Map([...form].filter(([, weight]) => weight !== 0n));
}
