// Slack: advice that stays open by design is accepted where nothing depends on it, and only there.
import { describe, expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../../compiler/analyses/determinism/report.ts';
import type { Variable } from '../../../../compiler/constraints/expression.ts';
import type { Gate } from '../../../../compiler/constraints/gates.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { ProgramBuilder } from '../../../../compiler/program/builder.ts';
import { q } from '../../../../dsl/index.ts';

function topK(k: number, shape: readonly number[]): LoweredProgram {
  const builder = new ProgramBuilder();
  const x = builder.append('input', [], {
    name: 'x',
    visibility: 'secret',
    format: q(8, 0),
    shape,
  });
  builder.append('expose', [builder.append('top-k', [x], { k })], { name: 'mask' });
  return lower(builder.finish('case', {}));
}

/** The circuit with a variable more, which a step of a line computes, and which a gate holds with another variable. */
function extended(
  circuit: LoweredProgram,
  line: number,
  gateOf: (variable: Variable) => Gate,
): LoweredProgram {
  const { system } = circuit;
  const origin = { line, element: 0 };
  const variable = system.variables;
  return {
    ...circuit,
    system: {
      ...system,
      variables: variable + 1,
      gates: [...system.gates, { gate: gateOf(variable), origins: [origin] }],
      steps: [...system.steps, { outputs: [variable], advice: true, origin, compute: () => [0n] }],
    },
  };
}

const lineOf = ({ program }: LoweredProgram, op: string): number =>
  program.lines.findIndex((line) => line.op === op);

/** The threshold of the first row is the first advice of the line. */
const thresholdOf = (circuit: LoweredProgram): Variable =>
  circuit.system.steps.find(
    ({ advice, origin }) => advice && origin.line === lineOf(circuit, 'top-k'),
  )!.outputs[0]!;

describe('top-k', () => {
  const circuit = topK(2, [3, 4]);

  test('the mask is forced; thresholds and what they are compared by are slack', () => {
    const { free, slackVariables, forcedLines } = analyzeDeterminism(circuit);
    expect(free).toEqual([]);
    expect(forcedLines.has(lineOf(circuit, 'top-k'))).toBe(true);
    const bits = circuit.values[lineOf(circuit, 'top-k')]!.map(({ terms }) => terms[0]!.variable);
    expect(bits.some((bit) => slackVariables.has(bit))).toBe(false);
    expect(slackVariables.has(thresholdOf(circuit))).toBe(true);
  });

  test('all of a row: there is no threshold', () => {
    expect(analyzeDeterminism(topK(4, [3, 4])).slack).toBe(0);
  });

  test('a threshold that another line reads is none', () => {
    const threshold = thresholdOf(circuit);
    const read = extended(circuit, lineOf(circuit, 'expose'), (variable) => ({
      kind: 'equal',
      left: threshold,
      right: variable,
    }));
    expect(analyzeDeterminism(read).free.map(({ message }) => message)).toEqual([
      expect.stringContaining('top-k: no constraint forces its value'),
    ]);
  });

  test('advice beside the thresholds is reported', () => {
    const more = extended(circuit, lineOf(circuit, 'top-k'), (variable) => ({
      kind: 'boolean',
      variable,
    }));
    expect(analyzeDeterminism(more).free.map(({ message }) => message)).toEqual([
      expect.stringContaining('top-k: no constraint forces its value'),
    ]);
  });
});
