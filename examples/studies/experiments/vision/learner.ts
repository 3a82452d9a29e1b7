// The digit transformer as a learner; unlearning may change the first MLP matrix of every block.
import {
  initialWeights,
  firstMlpWeight,
  type Architecture,
} from '../../../unlearn-digits/architecture.ts';
import { classCount, imageSide, shiftImages } from '../../../unlearn-digits/images.ts';
import { forward } from '../../../unlearn-digits/transformer.ts';
import { ofImages } from '../learning/examples.ts';
import type { Learner } from '../learning/learner.ts';

export const visionLearner = (architecture: Architecture): Learner => ({
  classes: classCount,
  scope: Array.from({ length: architecture.layers }, (_, layer) => firstMlpWeight(layer)),
  initial: (seed) => initialWeights(architecture, seed),
  logits: (parameters, inputs) => {
    const [count] = inputs.shape as [number];
    const images = inputs.reshape([count, imageSide, imageSide]);
    return forward(architecture, parameters, images).reshape([count, 1, classCount]);
  },
  augment: ({ count, inputs, labels }, random) =>
    ofImages(shiftImages({ count, pixels: inputs, labels }, 1, random)),
});
