// The blocks of a registration in order, in the plan's formats: weights after the compensation for dead positions, and roots.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Plan } from '../documents/plan.ts';
import {
  blockNumbering,
  type BlockNumbering,
  readMatrix,
  type ExampleGradients,
  type Model,
} from '../model/index.ts';
import { blockEntries, type Block, type GradientRows, type Tensor } from '../reference/index.ts';
import { checkProvable, registeredBlock, rootFormat, type HeldBlock } from '../step/index.ts';
import type { CurrentWeights } from './export.ts';
import { fixedPoints } from './fixed-point.ts';
import { GradientRuns } from './gradient-runs.ts';

/** Codes of errors about weights or curvature that the plan cannot hold. */
export const refusals: readonly string[] = ['out-of-format', 'not-provable', 'overflow'];

/** Entries of dead positions by the number of their block. */
export type DeadEntries = ReadonlyMap<number, readonly number[]>;

export interface BlockInputs {
  readonly plan: Plan;
  readonly model: Model;
  readonly gradients: ExampleGradients;
  /** λ. */
  readonly damping: number;
  readonly dead: DeadEntries;
  /** Taken in place of the weights of the model: integers of the plan's format. */
  readonly continued?: CurrentWeights | undefined;
}

export interface NumberedBlock extends HeldBlock {
  readonly block: Block & { readonly first: number };
}

/**
 * Refuses weights of θ_p early: blocks are made while others are hashed. Dead weights become 0.
 * @throws LetheError `out-of-format`; or of reading.
 */
export async function checkWeights(plan: Plan, model: Model, dead: DeadEntries): Promise<void> {
  const numbering = blockNumbering(plan.scope);
  for (const tensor of plan.scope.tensors) {
    const { data } = await readMatrix(model, tensor);
    const { first, count } = numbering.rangeOf(tensor.name);
    for (let number = first; number < first + count; number++) {
      const block = numbering.at(number);
      const weights = blockEntries(data, block);
      for (const entry of dead.get(number) ?? []) weights[entry] = 0;
      fixedWeights(plan, model, block, weights);
    }
  }
}

/** Throws `out-of-format`. */
function fixedWeights(plan: Plan, model: Model, block: Block, weights: Float64Array): Int32Array {
  const integers = new Int32Array(weights.length);
  fixedPoints(weights, plan.step.weights, integers, (i) => ({
    where: `${model.path}: tensor "${block.tensor}", weight ${block.start + i} of [out, in]`,
    cure: 'make the plan with a larger --weight-range, or more --weight-bits',
  }));
  return integers;
}

/** Reads one matrix at a time, so blocks are asked for in ascending order. */
export class RegisteredBlocks {
  #matrix: { readonly name: string; readonly read: Promise<Tensor> } | undefined;

  readonly #numbering: BlockNumbering;
  readonly #runs: GradientRuns;

  constructor(private readonly inputs: BlockInputs) {
    this.#numbering = blockNumbering(inputs.plan.scope);
    this.#runs = new GradientRuns(inputs.plan.scope, inputs.gradients);
  }

  /**
   * The blocks that have the positions first … end − 1.
   * @throws LetheError one of `refusals`, with the place and the cure; or of reading.
   */
  async *covering(first: number, end: number): AsyncGenerator<NumberedBlock> {
    const last = this.#numbering.of(end - 1).number;
    for (let { number } = this.#numbering.of(first); number <= last; number++) {
      const block = this.#numbering.at(number);
      const gradients = await this.#runs.block(number);
      const dead = this.inputs.dead.get(number) ?? [];
      const continued = await this.inputs.continued?.block(number);
      const weights = continued ?? blockEntries((await this.#read(block.tensor)).data, block);
      yield { block, ...this.#held(block, { weights, gradients, dead }) };
    }
  }

  #read(name: string): Promise<Tensor> {
    const { model, plan } = this.inputs;
    if (this.#matrix?.name !== name) {
      const tensor = plan.scope.tensors.find((each) => each.name === name)!;
      this.#matrix = { name, read: readMatrix(model, tensor) };
    }
    return this.#matrix.read;
  }

  #held(
    block: Block,
    {
      weights,
      gradients,
      dead,
    }: {
      /** Integers where they continue a registration: then nothing is added to them for the dead. */
      readonly weights: Float64Array | Int32Array;
      readonly gradients: GradientRows;
      readonly dead: readonly number[];
    },
  ): HeldBlock {
    const { plan, model, damping } = this.inputs;
    const { step } = plan;
    const where = `tensor "${block.tensor}"`;
    const isContinued = weights instanceof Int32Array;
    const own = registeredBlock(step, {
      weights: isContinued ? new Float64Array(weights.length) : weights,
      gradients,
      damping,
      dead,
    });
    const held = {
      weights: isContinued ? weights.slice() : fixedWeights(plan, model, block, own.weights),
      root: new Int16Array(own.root.length),
    };
    for (const entry of dead) held.weights[entry] = 0;
    const cure = `raise lambda, which is ${damping.toPrecision(3)} (--damping), or clip the gradients`;
    fixedPoints(own.root, rootFormat, held.root, (i) => ({
      where: `the curvature of ${where}, block ${block.index}, entry ${i}`,
      cure,
    }));
    const problem = checkProvable(step, held);
    if (problem !== undefined)
      fail(
        'not-provable',
        `${where}, block ${block.index}, weights from ${block.start} on: ${problem}`,
        `${cure}; or make the plan with a larger --tolerance`,
      );
    return held;
  }
}
