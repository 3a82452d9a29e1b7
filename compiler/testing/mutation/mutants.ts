// All mutants of a circuit: one constraint at a time is deleted, loosened or changed.
import type { Variable } from '../../constraints/expression.ts';
import { visit, type Gate, type GateOf, type Gates } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import { canonical } from '../../numbers/field.ts';
import { applyEdit, type Edit, type Mutant, type MutationKind } from './edit.ts';
import {
  checksOf,
  editRange12,
  editRange64,
  widenBoolean,
  widenScaled,
  widenZero,
} from './range-edits.ts';

/** Of the gates with the given numbers, in that order. */
export function* mutantsOf(
  system: ConstraintSystem,
  gates: Iterable<number> = system.gates.keys(),
): Generator<Mutant> {
  const edits = editors(system);
  for (const number of gates) {
    const { gate } = system.gates[number]!;
    for (const edit of [deleted(gate), ...visit(edits, gate)])
      if (!edit.gate || !sameGate(edit.gate, gate)) yield applyEdit(system, number, edit);
  }
}

function editors(system: ConstraintSystem): Gates<Edit[]> {
  const checks = checksOf(system);
  return {
    product(gate) {
      const { scale, left, right, out } = gate;
      return [
        ...alter('coefficient changed', 'scale', scale, (scale) => ({ ...gate, scale })),
        replaced('left', { ...gate, left: otherThan(left, out) }),
        replaced('right', { ...gate, right: otherThan(right, out) }),
      ];
    },
    linear: (gate) => [...alterLinear(gate), ...widenScaled(gate, checks)],
    boolean: (gate) => [widenBoolean(gate, checks)],
    equal: () => [],
    constant: (gate) => [
      {
        kind: 'constant changed',
        description: `${gate.value} becomes ${gate.value + 1n}`,
        gate: { ...gate, value: canonical(gate.value + 1n) },
      },
      ...widenZero(gate, checks),
    ],
    range12: (gate) => editRange12(gate, checks),
    range64: (gate) => editRange64(gate, checks),
    poseidon(gate) {
      const [[a, b, c], [x, y, z]] = [gate.input, gate.output];
      return [
        swapped('inputs 0 and 1', { ...gate, input: [b, a, c] }),
        swapped('inputs 1 and 2', { ...gate, input: [a, c, b] }),
        swapped('outputs 0 and 1', { ...gate, output: [y, x, z] }),
      ];
    },
  };
}

const deleted = ({ kind }: Gate): Edit => ({
  kind: 'gate deleted',
  description: `${kind} deleted`,
});

const replaced = (operand: string, gate: Gate): Edit => ({
  kind: 'operand replaced',
  description: `the ${operand} operand is another variable`,
  gate,
});

const swapped = (description: string, gate: Gate): Edit => ({
  kind: 'wires swapped',
  description,
  gate,
});

/** Another variable, not `out`. */
function otherThan(operand: Variable, out: Variable): Variable {
  if (operand > 0) return operand - 1;
  return out === 1 ? 2 : 1;
}

/** A number plus and minus 1, and doubled. */
function alter(
  kind: MutationKind,
  name: string,
  value: bigint,
  build: (value: bigint) => Gate,
): Edit[] {
  const ways: readonly (readonly [string, bigint])[] = [
    ['plus 1', value + 1n],
    ['minus 1', value - 1n],
    ['doubled', 2n * value],
  ];
  return ways.map(([how, other]) => ({
    kind,
    description: `${name} ${how}`,
    gate: build(canonical(other)),
  }));
}

function alterLinear(gate: GateOf<'linear'>): Edit[] {
  const { terms, constant } = gate;
  return [
    ...terms.flatMap((term, at) =>
      alter('coefficient changed', `coefficient ${at}`, term.coefficient, (coefficient) => ({
        ...gate,
        terms: terms.with(at, { ...term, coefficient }),
      })),
    ),
    ...alter('constant changed', 'constant', constant, (constant) => ({ ...gate, constant })),
  ];
}

function sameGate(a: Gate, b: Gate): boolean {
  const text = (gate: Gate): string =>
    JSON.stringify(gate, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  return text(a) === text(b);
}
