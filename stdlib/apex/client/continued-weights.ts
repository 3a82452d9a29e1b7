// The weights of a registration that continues another one: θ_u of that one, whatever the model has become.
import { fractionOf } from '../../../compiler/ir/format.ts';
import type { Plan } from '../documents/plan.ts';
import { blockNumbering, readMatrix, type Model } from '../model/index.ts';
import { blockEntries } from '../reference/index.ts';
import type { CurrentWeights } from './export.ts';

/** How many weights of a model are further than a unit from θ_u. Throws of reading. */
export async function countOtherWeights(
  { scope, step }: Plan,
  model: Model,
  current: CurrentWeights,
): Promise<number> {
  const numbering = blockNumbering(scope);
  const scale = 2 ** fractionOf(step.weights);
  let count = 0;
  for (const tensor of scope.tensors) {
    const { data } = await readMatrix(model, tensor);
    const { first, count: blocks } = numbering.rangeOf(tensor.name);
    for (let number = first; number < first + blocks; number++) {
      const weights = blockEntries(data, numbering.at(number));
      const own = await current.block(number);
      own.forEach((integer, i) => {
        if (Math.abs(weights[i]! * scale - integer) > 1) count++;
      });
    }
  }
  return count;
}
