// Which elements of the secret inputs the public values bind: a prover cannot change them afterwards. They are the closure of
// the public values under the constraints, where a digest gives what was hashed (nobody finds a collision).
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { inputsOf } from '../../program/ports.ts';
import { Determination } from '../determinism/determination.ts';
import { publicVariables } from '../../constraints/system.ts';

/** By secret input, whether each element is bound, in row-major order. */
export function boundElements({
  program,
  system,
}: LoweredProgram): ReadonlyMap<string, readonly boolean[]> {
  const determination = new Determination(system, {
    start: publicVariables(system),
    binding: true,
  });
  determination.settle();
  const secret = inputsOf(program).filter(({ visibility }) => visibility === 'secret');
  return new Map(
    secret.map(({ name }) => {
      const { variables } = system.ports.find((port) => port.name === name)!;
      return [name, variables.map((variable) => determination.isKnown(variable))];
    }),
  );
}
