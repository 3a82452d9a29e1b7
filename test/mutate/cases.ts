// What is mutated: a few small programs of every op, and every circuit of the standard library and the examples at
// small parameters, each with inputs that have an honest witness, and inputs next to those that have none.
import fc from 'fast-check';
import { compileProgram } from '../../compiler/compile.ts';
import type { InputValues } from '../../compiler/constraints/witness.ts';
import { print } from '../../compiler/program/print.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { lower, type LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { arbitraryInputs, type BoundInputs } from '../../compiler/testing/index.ts';
import { boundaryInputs } from '../../compiler/testing/mutation/boundary.ts';
import { bit, circuit, field, q } from '../../dsl/index.ts';
import { clearMasked, commit, symmetric, triangleLength } from '../../stdlib/index.ts';
import groupObs from '../../examples/group-obs.ts';
import groupObsByInverse from '../../examples/group-obs-by-inverse.ts';
import unlearnDigits, { unlearnedWeights } from '../../examples/unlearn-digits/circuit.ts';
import { claimExample, taskExamples } from '../examples/circuits.ts';
import { honestInputs } from '../examples/honest-inputs.ts';
import { arbitraryClaimInputs } from '../stdlib/group-obs/claim-inputs.ts';
import { claimCircuit, formNames, stepOf } from '../stdlib/group-obs/forms.ts';
import { columnsCircuit, columnsInputs } from '../stdlib/group-obs/columns.ts';
import { programs } from '../compiler/ops/programs.ts';
import { unlearnedCircuit, unlearnedInputs } from '../stdlib/group-obs/unlearned.ts';
import { claimInputs, tileCases } from './tiles.ts';

export interface Case {
  readonly name: string;
  readonly circuit: LoweredProgram;
  readonly inputs: readonly InputValues[];
}

const seed = 20251219;

/** Programs of each op, and the most gates that one may have. */
const [perOp, mostGates] = [4, 160];

/** Pairs of inputs on either side of an edge, from each of two accepted ones. */
const mostEdges = { op: 8, circuit: 32 };

/** Refused inputs of a circuit. */
const mostRefused = 24;

/** All cases, or those of one name. */
export function* cases(only?: string): Generator<Case> {
  const wanted = (name: string): boolean => only === undefined || name === only;
  for (const op of Object.keys(programs)) if (wanted(op)) yield* casesOfOp(op);
  for (const [name, program, inputs] of circuits())
    if (wanted(name))
      yield {
        name,
        circuit: compileProgram(program),
        inputs: [
          ...inputsFor(program, inputs, mostEdges.circuit),
          ...refusedOf(program, inputs, mostRefused),
        ],
      };
}

export function casesOfOp(op: string, count = perOp): Case[] {
  const found: Case[] = [];
  const seen = new Set<string>();
  // First one program for each set of gate kinds, then whatever comes.
  for (const anything of [false, true])
    for (const program of fc.sample(programs[op]!, { numRuns: 60, seed })) {
      if (found.length === count) return found;
      const circuit = lower(program);
      const { gates } = circuit.system;
      const kinds = [...new Set(gates.map(({ gate }) => gate.kind))].sort().join();
      if (gates.length > mostGates || gates.length === 0) continue;
      if (found.some((known) => print(known.circuit.program) === print(program))) continue;
      if (!anything && seen.has(kinds)) continue;
      const inputs = inputsFor(program, arbitraryInputs, mostEdges.op);
      if (inputs.length > 0) found.push({ name: op, circuit, inputs });
      seen.add(kinds);
    }
  return found;
}

/** Accepted inputs and their neighbours at the edges; none where hardly any is accepted. */
function inputsFor(
  program: Program,
  arbitrary: (program: Program) => fc.Arbitrary<BoundInputs>,
  limit: number,
): InputValues[] {
  const sampled = fc.sample(arbitrary(program), { numRuns: 60, seed }).map(({ fixed }) => fixed);
  const random = sampled.flatMap((inputs, i) => [inputs, sparse(inputs, i), ...without(inputs, i)]);
  const accepted = random.filter((inputs) => evaluateFixed(program, inputs).findings.length === 0);
  const [first, second] = accepted;
  if (!first) return [];
  const edges = [first, second ?? first].flatMap((inputs, i) =>
    boundaryInputs(program, inputs, { limit, seed: seed + i }),
  );
  return [...accepted.slice(0, 6), ...edges, ...accepted.slice(6, 20)];
}

/** Inputs of the author's that no honest prover has. */
function refusedOf(
  program: Program,
  arbitrary: (program: Program) => fc.Arbitrary<BoundInputs>,
  count: number,
): InputValues[] {
  const sampled = fc.sample(arbitrary(program), { numRuns: 60, seed }).map(({ fixed }) => fixed);
  return sampled
    .filter((inputs) => evaluateFixed(program, inputs).findings.length > 0)
    .slice(0, count);
}

/** All but one tensor's elements are 0 at each position: what assertions of zero products accept. */
function sparse(inputs: InputValues, shift: number): InputValues {
  const names = [...inputs.keys()];
  return new Map(
    names.map((name, n) => {
      const keeps = (i: number): boolean => (shift + i * (1 + (shift % 3))) % names.length === n;
      return [name, inputs.get(name)!.map((x, i) => (keeps(i) ? x : 0n))];
    }),
  );
}

/** One tensor is 0, another one each time. */
function without(inputs: InputValues, shift: number): InputValues[] {
  const names = [...inputs.keys()];
  const name = names[shift % names.length]!;
  return names.length < 2
    ? []
    : [
        new Map(inputs).set(
          name,
          inputs.get(name)!.map(() => 0n),
        ),
      ];
}

export type Entry = readonly [string, Program, (program: Program) => fc.Arbitrary<BoundInputs>];

function circuits(): Entry[] {
  const masking = circuit('masking', {}, (c) => {
    clearMasked(c.secret('x', q(16, 8), [2]), c.public('mask', bit, [2])).expose('y');
  });
  const symmetry = circuit('symmetric', {}, (c) => {
    const matrix = symmetric(c.secret('triangle', q(12, 4), [triangleLength(2)]), { size: 2 });
    matrix
      .contract('ij,j->i', c.secret('x', q(10, 4), [2]))
      .rescale(q(20, 4))
      .expose('y');
  });
  const commitment = circuit('commit', {}, (c) => {
    const values = c.secret('x', q(16, 8), [2, 3]);
    commit(values, { salts: c.secret('salts', field, [2, 1]) }).expose('commitment');
  });
  const lanes = circuit('lanes', {}, (c) => {
    const product = c
      .secret('m', q(6, 0), [3, 2])
      .apply('contract', [c.secret('v', q(9, 0), [2])], { subscripts: 'ij,j->i', lanes: 3 });
    product.expose('y');
  });
  const claims = formNames.flatMap((form) =>
    [undefined, [0]].map((masked): Entry => {
      const spec = stepOf(form, 2);
      const claim = claimCircuit(spec, masked);
      return [claim.name, claim.build(), arbitraryClaimInputs(spec, masked)];
    }),
  );
  const columns = [[2], [1, 2, 2], [2, 6]].map((lengths): Entry => {
    const claim = columnsCircuit(lengths);
    return [claim.name, claim.build(), columnsInputs(lengths)];
  });
  const after = { masked: [1, 2], others: [1, 2] };
  const tasks = [{ ...claimExample, inputs: claimInputs }, ...taskExamples].map(
    ({ name, circuit, small, inputs }): Entry => [name, circuit.build(small), inputs],
  );
  return [
    ...claims,
    ...columns,
    ['weights after by columns', unlearnedCircuit(after).build(), unlearnedInputs],
    ...tileCases,
    ...tasks,
    ['contract in lanes', lanes.build(), arbitraryInputs],
    ['masking', masking.build(), arbitraryInputs],
    ['symmetric', symmetry.build(), arbitraryInputs],
    ['commit', commitment.build(), arbitraryInputs],
    ['group-obs 1x2', groupObs.build({ blocks: 1, size: 2, rank: 1 }), honestInputs],
    ['group-obs-by-inverse 1x2', groupObsByInverse.build({ blocks: 1, size: 2 }), honestInputs],
    ['group-obs 1x3', groupObs.build({ blocks: 1, size: 3, rank: 2 }), honestInputs],
    ['unlearn-digits 1x2', unlearnDigits.build({ blocks: 1, size: 2 }), honestInputs],
    ['unlearned-weights 2x2', unlearnedWeights.build({ blocks: 2, size: 2 }), honestInputs],
  ];
}
