// The package of a circuit without commitments, on some inputs.
import { compileCircuit } from '../../../../compiler/compile.ts';
import { bindInputs } from '../../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../../compiler/inputs/json.ts';
import { noirPackage } from '../../../../compiler/targets/noir/package.ts';
import { groupObsKkt } from '../../../stdlib/circuits.ts';

const compiled = compileCircuit(groupObsKkt);
const tensors = {
  weights: [[0.5, -0.25, 0.125, 0.75]],
  curvature: [[2, 0.5, 0, 0.125, 3, 0.25, 0.375, 1.5, 0.125, 4]],
  mask: [[1, 0, 0, 0]],
};

export const files = noirPackage(
  compiled,
  bindInputs(compiled.program, parseJsonTensors(JSON.stringify(tensors), 'inputs.json')),
);
