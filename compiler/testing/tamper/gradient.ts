// How an expression of the circuit moves with the free variables behind it: Σ adjoint · variable is followed back
// through the gates that define variables. Exact for everything that is linear in one variable at a time.
import type { Variable } from '../../constraints/expression.ts';
import { canonical } from '../../numbers/field.ts';
import { isFree, type Graph } from './graph.ts';

/** Coefficients by variable. */
export type Form = ReadonlyMap<Variable, bigint>;

/** Definitions that are followed, nearest first, so that a circuit's whole past is not. */
const reach = 200;

/** The derivatives by the free variables, and by the inputs, that are not held. */
export function gradient(
  graph: Graph,
  values: readonly bigint[],
  form: Form,
  held: (variable: Variable) => boolean,
): { readonly free: Form; readonly inputs: Form } {
  const pending = new Map(form);
  const [free, inputs] = [new Map<Variable, bigint>(), new Map<Variable, bigint>()];
  const add = (variable: Variable, adjoint: bigint): void => {
    pending.set(variable, canonical((pending.get(variable) ?? 0n) + adjoint));
  };
  for (let followed = 0; pending.size > 0 && followed < reach; followed++) {
    // Definitions point to earlier variables: the latest has received all that it will.
    let variable = -1;
    for (const each of pending.keys()) if (each > variable) variable = each;
    const adjoint = canonical(pending.get(variable)!);
    pending.delete(variable);
    if (adjoint === 0n || held(variable)) continue;
    if (graph.stepOf[variable] === undefined) inputs.set(variable, adjoint);
    else if (isFree(graph, variable)) free.set(variable, adjoint);
    const gate = graph.definitions[variable];
    if (gate?.kind === 'linear')
      gate.terms.forEach((term) => add(term.variable, adjoint * term.coefficient));
    else if (gate?.kind === 'equal') add(gate.left, adjoint);
    else if (gate?.kind === 'product') {
      add(gate.left, adjoint * gate.scale * values[gate.right]!);
      add(gate.right, adjoint * gate.scale * values[gate.left]!);
    }
  }
  return { free, inputs };
}
