// The package of an example on some inputs, with the widths that are chosen for it: to search them takes seconds.
import { compileProgram } from '../../../../compiler/compile.ts';
import { bindInputs } from '../../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../../compiler/inputs/json.ts';
import { noirPackage } from '../../../../compiler/targets/noir/package.ts';
import chosenFormats from '../../../../examples/chosen-formats.ts';

const bits: Readonly<Record<string, number>> = {
  weights: 28,
  curvature: 24,
  update: 28,
  tolerance: 28,
};
const compiled = compileProgram(chosenFormats.build({}, ({ name }) => bits[name]!));
const tensors = {
  weights: [[0.5, -0.25, 0.125, 0.75]],
  curvature: [[2, 0.5, 0, 0.125, 3, 0.25, 0.375, 1.5, 0.125, 4]],
  mask: [[1, 0, 0, 0]],
};

export const files = noirPackage(
  compiled,
  bindInputs(compiled.program, parseJsonTensors(JSON.stringify(tensors), 'inputs.json')),
);
