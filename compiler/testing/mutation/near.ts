// Where an attack on one gate begins: the variables around it, nearest first, and the inputs behind it.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf } from '../../constraints/gates.ts';
import type { Graph } from '../tamper/graph.ts';
import type { Mutant } from './edit.ts';

const [around, behind] = [40, 8];

export function nearVariables(graph: Graph, { edit, gate: number, system }: Mutant): Variable[] {
  const { gate } = graph.system.gates[number]!;
  const start =
    gate.kind === 'range12' && edit.part !== undefined
      ? [gate.limbs[edit.part]!]
      : variablesOf(gate);
  const near = breadthFirst(start, around, (variable) =>
    graph.gatesOf[variable]!.flatMap((each) => {
      const other = graph.system.gates[each]!.gate;
      // The limbs of a pooled row have nothing to do with each other.
      return other.kind === 'range12' ? [] : variablesOf(other);
    }).filter((other) => graph.definitions[other]?.kind !== 'constant'),
  );
  const past = breadthFirst(start, 400, (variable) => sourcesOf(graph, variable));
  const inputs = past.filter((variable) => graph.stepOf[variable] === undefined);
  const added = edit.extension?.variables ?? [];
  return [...new Set([...added, ...near, ...inputs.slice(0, behind)])].filter(
    (variable) => variable < system.variables,
  );
}

function sourcesOf(graph: Graph, variable: Variable): readonly Variable[] {
  const step = graph.stepOf[variable];
  return step === undefined ? [] : graph.sources[step]!;
}

function breadthFirst(
  start: readonly Variable[],
  limit: number,
  next: (variable: Variable) => readonly Variable[],
): Variable[] {
  const seen = new Set(start);
  for (const variable of seen) {
    if (seen.size >= limit) break;
    for (const other of next(variable)) seen.add(other);
  }
  return [...seen].slice(0, limit);
}
