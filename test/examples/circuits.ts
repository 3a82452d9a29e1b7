// Every circuit under examples/, with inputs that an honest prover has, and smaller sizes for what takes long.
import type fc from 'fast-check';
import type { Program } from '../../compiler/ir/program.ts';
import {
  arbitraryInputs,
  type BoundInputs,
  type Specification,
  type Within,
} from '../../compiler/testing/index.ts';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import chosenFormats from '../../examples/chosen-formats.ts';
import classifier from '../../examples/classifier.ts';
import clippedStep from '../../examples/clipped-step.ts';
import groupObs from '../../examples/group-obs.ts';
import groupObsByColumns from '../../examples/group-obs-by-columns.ts';
import groupObsByInverse from '../../examples/group-obs-by-inverse.ts';
import groupObsCertified from '../../examples/group-obs-certified.ts';
import rmsNorm from '../../examples/rms-norm.ts';
import selectiveDampening from '../../examples/selective-dampening.ts';
import topKMask from '../../examples/top-k-mask.ts';
import unlearnDigits, {
  accuracy,
  unlearnedWeights,
} from '../../examples/unlearn-digits/circuit.ts';
import { columnInputs } from './column-inputs.ts';
import { honestInputs } from './honest-inputs.ts';
import { byColumns } from './specifications/columns.ts';
import {
  byCertified,
  byCurvature,
  byFactor,
  byInverse,
  unlearned,
} from './specifications/group-obs.ts';
import * as tasks from './specifications/tasks.ts';

export interface Example {
  readonly name: string;
  readonly circuit: AnyCircuit;
  readonly inputs: (program: Program) => fc.Arbitrary<BoundInputs>;
  readonly small: Parameters;
  readonly spec: Specification;
  /** Where the bound of the circuit rests on an assumption. */
  readonly within?: Within;
}

/** Group OBS, each with one relation that its `solve` declares. */
export const groupObsExamples: readonly Example[] = [
  { circuit: groupObs, spec: byFactor },
  { circuit: groupObsByInverse, spec: byInverse },
  { circuit: groupObsCertified, spec: byCertified },
  { circuit: chosenFormats, spec: byFactor },
  { circuit: unlearnDigits, spec: byCurvature, within: accuracy },
  { circuit: unlearnedWeights, spec: unlearned, within: accuracy },
].map((each) => ({
  ...each,
  name: each.circuit.name,
  inputs: honestInputs,
  small: { blocks: 1, size: 2 },
}));

/** Group OBS as a claim: nothing is solved for. */
export const claimExample: Example = {
  name: groupObsByColumns.name,
  circuit: groupObsByColumns,
  inputs: columnInputs,
  small: { blocks: 1, size: 2, masked: 1 },
  spec: byColumns,
};

/** What other tasks take; all of them accept nearly any inputs. */
export const taskExamples: readonly Example[] = [
  { circuit: clippedStep, spec: tasks.clippedStep, small: { size: 2 } },
  { circuit: topKMask, spec: tasks.topKMask, small: { size: 2, k: 1 } },
  { circuit: classifier, spec: tasks.classifier, small: { inputs: 2, hidden: 2, classes: 2 } },
  { circuit: selectiveDampening, spec: tasks.selectiveDampening, small: { size: 2 } },
  { circuit: rmsNorm, spec: tasks.rmsNorm, small: { rows: 1, width: 2 } },
].map((each) => ({ ...each, name: each.circuit.name, inputs: arbitraryInputs }));

export const examples: readonly Example[] = [...groupObsExamples, claimExample, ...taskExamples];
