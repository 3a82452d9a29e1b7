// Where determinism says that all advice is forced, no push finds another value: of the right circuits, each with one gate less, so that
// some are forced all the same and others are not.
import { expect, test } from 'vitest';
import { analyzeDeterminism } from '../../compiler/analyses/determinism/report.ts';
import { candidates } from '../../compiler/audit/candidates.ts';
import { checkWitness } from '../../compiler/constraints/checker.ts';
import type { InputValues } from '../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { exactInputs } from '../../compiler/testing/exact-inputs.ts';
import { pushChoices } from '../../compiler/testing/tamper/push-choices.ts';
import { honestWitness } from '../../compiler/testing/witness.ts';
import { cases } from './benchmark.ts';
import { givenInputs } from './inputs.ts';

const right = cases().filter(({ answer, circuit }) => answer.is === 'right' && circuit);

/** Inputs beyond the first few add little. */
const mostInputs = 4;

function honestInputs(circuit: LoweredProgram, given: readonly InputValues[]): InputValues[] {
  return candidates(circuit.program, given, 3)
    .filter((inputs) => {
      const witness = honestWitness(circuit, inputs);
      return witness && !checkWitness(circuit.system, witness);
    })
    .slice(0, mostInputs);
}

function withoutGate(circuit: LoweredProgram, gate: number): LoweredProgram {
  const gates = circuit.system.gates.filter((_, number) => number !== gate);
  return { ...circuit, system: { ...circuit.system, gates } };
}

test('advice that is forced cannot be pushed', () => {
  let forced = 0;
  for (const { name, build, inputs } of right) {
    const circuit = build();
    const honest = honestInputs(circuit, givenInputs(circuit.program, inputs));
    const advice = circuit.program.lines.flatMap(({ op }, line) => (op === 'advice' ? [line] : []));
    for (const gate of circuit.system.gates.keys()) {
      const changed = withoutGate(circuit, gate);
      const { forcedLines } = analyzeDeterminism(changed);
      if (!advice.every((line) => forcedLines.has(line))) continue;
      forced++;
      const moved = honest.flatMap((each) =>
        pushChoices(changed, exactInputs(circuit.program, each), { undeclared: true }).found.filter(
          ({ kind }) => kind === 'not-forced',
        ),
      );
      expect(moved, `${name} without gate ${gate}`).toEqual([]);
    }
  }
  expect(forced).toBeGreaterThan(500);
});
