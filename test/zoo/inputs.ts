// The inputs that a specimen gives, as a circuit takes them.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import { bindInputs } from '../../compiler/inputs/bind.ts';
import type { RawTensors } from '../../compiler/inputs/tensors.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { inputsOf } from '../../compiler/program/ports.ts';
import type { RealInputs } from './answer.ts';

export function givenInputs(program: Program, inputs: readonly RealInputs[] = []): InputValues[] {
  const shapes = new Map(inputsOf(program).map(({ name, type }) => [name, type.shape]));
  return inputs.map((each) => {
    const tensors: RawTensors = new Map(
      Object.entries(each).map(([name, values]) => [
        name,
        { file: program.name, shape: shapes.get(name) ?? [], values: [...values] },
      ]),
    );
    return bindInputs(program, tensors).fixed;
  });
}
