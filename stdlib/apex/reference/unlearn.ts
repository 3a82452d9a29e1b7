// The whole operator over named tensors (eq. 13, 14, 20a): per Fisher block with a masked weight,
//   C = λI + (1/n) Σ g gᵀ,  K = C⁻¹ by Woodbury,  δ = −K_{:,S} K_SS⁻¹ θ_S,  θ_u = θ_p + δ.
// Blocks without a masked weight and tensors without a mask keep their values.
import { blockEntries, blockPlace, tensorBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import { checkBlockSize, checkDamping, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';
import { blockGradients, checkGradients, normalisedFisherBlock } from './fisher.ts';
import type { ExampleGradients, GradientRows } from './fisher.ts';
import { kktResidual, obsFromInverse, predictedLossIncrease } from './group-obs.ts';
import { checkMasks } from './masks.ts';
import type { Masks } from './masks.ts';
import { dot } from './matrix.ts';
import { checkNames, checkTensors, requireEntry, tensorPlace } from './named-tensors.ts';
import type { NamedTensors, Tensor } from './named-tensors.ts';
import { woodburyInverse } from './woodbury.ts';

/** What was done to one block. */
export interface BlockReport {
  readonly block: Block;
  /** How many of its weights are masked. */
  readonly masked: number;
  /** ‖δ‖₂. */
  readonly deltaNorm: number;
  /** max over unmasked i of |(C'δ)_i|, with the normalised C' = C/λ; zero but for rounding. */
  readonly residual: number;
  /** ½ θ_Sᵀ K_SS⁻¹ θ_S, in units of the loss. */
  readonly predictedLossIncrease: number;
}

/** θ_u, and a report per block in scope. */
export interface Unlearned {
  readonly weights: NamedTensors;
  readonly blocks: readonly BlockReport[];
}

/** The operator's inputs. */
export interface UnlearnInput {
  /** θ_p, every tensor of the model. */
  readonly weights: NamedTensors;
  /** The mask of every tensor in scope; a tensor without one is out of scope. */
  readonly masks: Masks;
  /** Per-example gradients of θ_p on D_p, for at least every tensor with a masked weight. */
  readonly gradients: ExampleGradients;
  /** d_b, weights per Fisher block. */
  readonly blockSize: number;
  /** λ > 0. */
  readonly damping: number;
}

/**
 * Group OBS over a whole model: θ_u = θ_p + δ (eq. 14, 20a), in double precision.
 * @returns θ_u with the names, order and shapes of `weights`, exactly 0 on the mask; and one report
 *   per block of every tensor in scope, tensors in the order of `weights`.
 * @throws OperatorError on names, shapes, lengths, numbers of examples, values, block size or
 *   damping that don't fit; the place names the tensor, and the block where there is one.
 */
export function unlearn(input: UnlearnInput): Unlearned {
  checkInput(input);
  const weights = new Map<string, Tensor>();
  const blocks: BlockReport[] = [];
  for (const [name, { shape, data }] of input.weights) {
    const after = Float64Array.from(data);
    weights.set(name, { shape, data: after });
    const mask = input.masks.get(name);
    if (mask === undefined) continue;
    const rows = input.gradients.get(name) ?? [];
    for (const block of tensorBlocks({ tensor: name, shape, blockSize: input.blockSize })) {
      const step = unlearnBlock({ block, data, mask, rows, damping: input.damping });
      blocks.push(step.report);
      // Nothing is added where nothing is masked: −0 + 0 would already be another number.
      if (step.report.masked === 0) continue;
      for (let i = 0; i < block.length; i++) after[block.start + i]! += step.delta[i]!;
    }
  }
  return { weights, blocks };
}

function unlearnBlock(input: {
  readonly block: Block;
  readonly data: Tensor['data'];
  readonly mask: Uint8Array;
  readonly rows: GradientRows;
  readonly damping: number;
}): { delta: Float64Array; report: BlockReport } {
  const { block, damping } = input;
  const mask = blockEntries(input.mask, block);
  const masked = mask.reduce((count, bit) => count + bit, 0);
  if (masked === 0) {
    const report = { block, masked, deltaNorm: 0, residual: 0, predictedLossIncrease: 0 };
    return { delta: new Float64Array(block.length), report };
  }
  try {
    const weights = blockEntries(input.data, block);
    const gradients = blockGradients(input.rows, block);
    const inverse = woodburyInverse({ gradients, damping });
    const delta = obsFromInverse({ inverse, weights, mask });
    const curvature = normalisedFisherBlock({ gradients, damping });
    const residuals = kktResidual({ curvature, delta, mask });
    const report = {
      block,
      masked,
      deltaNorm: Math.sqrt(dot(delta, delta)),
      residual: residuals.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
      predictedLossIncrease: predictedLossIncrease({ inverse, weights, mask }),
    };
    return { delta, report };
  } catch (error) {
    throw error instanceof OperatorError ? error.within(blockPlace(block)) : error;
  }
}

function checkInput({ weights, masks, gradients, blockSize, damping }: UnlearnInput): void {
  checkBlockSize(blockSize);
  checkDamping(damping);
  checkTensors(weights, 'weights');
  checkMasks(masks, weights);
  checkNames(gradients, weights, 'gradients');
  let examples: number | undefined;
  for (const [name, mask] of masks) {
    if (!mask.includes(1)) continue;
    const place = `gradients: ${tensorPlace(name)}`;
    const rows = requireEntry(gradients, name, 'gradients');
    checkGradients(rows, place);
    checkLength(rows[0]!, mask.length, `${place}[0]`);
    examples ??= rows.length;
    if (rows.length !== examples) {
      throw new OperatorError({
        code: 'bad-length',
        place,
        problem: `has ${rows.length} examples where the tensors before it have ${examples}`,
        hint: 'give the gradients of the same examples for every tensor',
      });
    }
  }
}
