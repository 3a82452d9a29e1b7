// A mutant has one of four verdicts: killed by a statement, equivalent by a proof, a survivor by a statement, or undecided.
import { describe, expect, test } from 'vitest';
import { auditCircuit } from '../../../compiler/audit/audit.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { mutate, type Outcome } from '../../../compiler/testing/mutation/mutate.ts';
import { describeStatement } from '../../../compiler/testing/mutation/statement.ts';
import { circuit, q, u } from '../../../dsl/index.ts';

const options = { seconds: 60, seed: 1, witnesses: 200, constraints: Infinity };

const inputsOf = (...all: readonly Readonly<Record<string, readonly bigint[]>>[]): InputValues[] =>
  all.map((each) => new Map(Object.entries(each)));

/** Outcomes of the changes of one gate that a description names. */
const outcomes = (
  compiled: LoweredProgram,
  inputs: readonly InputValues[],
  wanted: string,
): Outcome[] =>
  [...mutate(compiled, inputs)].filter(({ mutant }) => mutant.edit.description.includes(wanted));

describe('narrow: every given input has a limb that is 0', () => {
  const narrow = compileCircuit(
    circuit('narrow', {}, (c) => {
      const x = c.secret('x', u(24, 12), [1]);
      x.assertWithin({ low: 0, high: 1 });
      x.mul(x).mul(x).expose('y');
    }),
  );
  const inputs = inputsOf({ x: [0n] }, { x: [17n] });

  test('an honest statement near them kills what multiplies that limb', () => {
    const found = outcomes(narrow, inputs, 'coefficient 1 doubled').map(({ verdict }) => verdict);
    const seen = found.filter((each) => each.is === 'killed' && each.net === 'reach');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      saw: expect.stringMatching(/^an honest statement is refused: x\[0\] = 4096 \(1\)/) as string,
    });
  });

  test('the audit has nothing to report', () => {
    const { mutation, open } = auditCircuit(narrow, inputs, options);
    expect(mutation!.findings).toEqual([]);
    expect(open).toEqual([]);
  });
});

describe('a circuit that refuses what has a meaning', () => {
  const whole = compileCircuit(
    circuit('whole', {}, (c) => {
      c.secret('x', u(12, 0), [1]).expose('y');
    }),
  );
  // The circuit also says that x is 5.
  const [x] = whole.system.ports[0]!.variables;
  const refusing: LoweredProgram = {
    ...whole,
    system: {
      ...whole.system,
      gates: [
        ...whole.system.gates,
        {
          gate: { kind: 'constant', variable: x!, value: 5n },
          origins: [{ line: 1, element: 0 }],
        },
      ],
    },
  };
  const inputs = inputsOf({ x: [5n] }, { x: [7n] });

  test('survives where a change accepts it, and the hint names it', () => {
    const found = outcomes(refusing, inputs, 'constant deleted').map(({ verdict }) => verdict);
    expect(found).toHaveLength(1);
    const [verdict] = found;
    if (verdict?.is !== 'survives') throw new Error(`it is ${verdict?.is}`);
    expect(verdict.separating.acceptedBy).toBe('mutant');
    expect(describeStatement(verdict.separating.statement)).toBe('x[0] = 7 (7)');
    const { mutation } = auditCircuit(refusing, inputs, options);
    const { code, hint } = mutation!.findings[0]!;
    expect([code, hint]).toEqual(['mutant-survives', expect.stringContaining('x[0] = ')]);
  });
});

test('what nothing is known of is undecided, counted and no error', () => {
  const compiled = compileCircuit(
    circuit('rounded', {}, (c) => {
      c.secret('x', q(12, 6), [1]).rescale(q(8, 3)).expose('y');
    }),
  );
  // Without nets nothing is noticed.
  const found = [...mutate(compiled, inputsOf({ x: [9n] }), { nets: [] })].map(
    ({ verdict }) => verdict,
  );
  expect(new Set(found.map((each) => each.is))).toEqual(new Set(['undecided', 'equivalent']));
  expect(found.find((each) => each.is === 'undecided')).toEqual({
    is: 'undecided',
    because: 'nothing-known',
  });
});
