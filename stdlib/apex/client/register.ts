// Registering: a client's personal weights and the curvature of its own data, in fixed point and committed to, before any
// mask is known.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  formatInterval,
  fractionOf,
  renderFormat,
  type Format,
} from '../../../compiler/ir/format.ts';
import { toInteger, toReal } from '../../../compiler/numbers/rounding.ts';
import { paced } from '../../../compiler/numbers/poseidon-fast.ts';
import {
  blockLeaf,
  curvatureDigest,
  randomCurvatureSalts,
  randomWeightSalts,
} from '../commitments/leaf.ts';
import { buildTree } from '../commitments/tree.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { clientPattern, type Registration } from '../documents/registration.ts';
import { forms } from '../forms/index.ts';
import {
  blockCount,
  blockOfRows,
  checkScope,
  hashUnscoped,
  readBlocks,
  tensorBlockCount,
  type ExampleGradients,
  type Model,
} from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import { Elements } from '../commitments/elements.ts';
import { heldBlock } from './held-block.ts';
import { checkNoState, createState, type Holdings, type State } from './state.ts';

/** λ itself, or in multiples of the mean diagonal of the client's Fisher. */
export type Damping = { readonly absolute: number } | { readonly relative: number };

export interface RegisterOptions {
  readonly plan: Plan;
  /** How the provider calls the client. */
  readonly client: string;
  /** θ_p. */
  readonly model: Model;
  /** Of the true-label loss of θ_p on the client's own data. */
  readonly gradients: ExampleGradients;
  readonly damping: Damping;
  /** Where the secret state is written. */
  readonly folder: string;
  readonly report?: Report;
}

/** Blocks whose gradients are held at a time. */
const chunk = 4096;

/**
 * Commits to the weights and the curvature, and writes the state.
 * @throws LetheError `state-exists`, `bad-client`, `out-of-format` (names tensor, entry and value), or of reading.
 */
export async function register(options: RegisterOptions): Promise<State> {
  const { plan, client, model, folder, report = silent } = options;
  await checkNoState(folder);
  if (!clientPattern.test(client))
    fail(
      'bad-client',
      `"${client}" is no name of a client`,
      'letters, digits and ._@- , at most 100',
    );
  checkScope(model, plan.scope);
  const damping = await dampingOf(options, report);
  const weights = await fixedWeights(plan, model, report);
  const curvature = await fixedCurvature(options, damping, report);
  const holdings = await commitAll(plan, weights, curvature, report);
  report({ phase: 'hashing the tensors out of scope', done: 0, total: 1 });
  const unscoped = await hashUnscoped(model, plan.scope);
  const { root } = await buildTree(holdings.leaves);
  const registration: Registration = { client, plan: planDigest(plan), root, unscoped, damping };
  return createState(folder, plan, registration, holdings);
}

async function dampingOf(
  { plan, gradients, damping }: RegisterOptions,
  report: Report,
): Promise<number> {
  if ('absolute' in damping) return damping.absolute;
  let [sum, count, done] = [0, 0, 0];
  const total = blockCount(plan.scope);
  for (const tensor of plan.scope.tensors)
    for (let first = 0; first < tensorBlockCount(tensor, plan.scope); first += chunk) {
      const blocks = Math.min(chunk, tensorBlockCount(tensor, plan.scope) - first);
      for (const row of await gradients.readBlocks(tensor, { first, count: blocks }))
        for (const g of row) sum += g * g;
      done += blocks;
      report({ phase: 'mean curvature', done, total });
    }
  for (const { shape } of plan.scope.tensors) count += shape[0] * shape[1] * gradients.examples;
  const mean = sum / count;
  if (!(mean > 0))
    fail(
      'no-curvature',
      'all gradients are 0',
      'give gradients of the loss, or --damping as a number',
    );
  return damping.relative * mean;
}

async function fixedWeights(plan: Plan, model: Model, report: Report): Promise<Int32Array> {
  const { scope, step } = plan;
  const total = blockCount(scope);
  const weights = new Int32Array(total * step.size);
  for await (const { number, block, entries } of readBlocks(model, scope)) {
    entries.forEach((value, i) => {
      weights[number * step.size + i] = fixedPoint(value, step.formats.weights, () => ({
        where: `${model.path}: tensor "${block.tensor}", weight ${block.start + i} of [out, in]`,
        cure: 'make the plan with a larger --weight-range, or more --weight-bits',
      }));
    });
    report({ phase: 'weights', done: number + 1, total });
  }
  return weights;
}

async function fixedCurvature(
  { plan, gradients }: RegisterOptions,
  damping: number,
  report: Report,
): Promise<Int32Array> {
  const { scope, step } = plan;
  const form = forms[step.form];
  const length = form.curvatureLength(step);
  const total = blockCount(scope);
  const curvature = new Int32Array(total * length);
  let number = 0;
  for (const tensor of scope.tensors) {
    const blocks = tensorBlockCount(tensor, scope);
    for (let first = 0; first < blocks; first += chunk) {
      const count = Math.min(chunk, blocks - first);
      const rows = await gradients.readBlocks(tensor, { first, count });
      for (let k = 0; k < count; k++, number++) {
        const entries = form.curvature(blockOfRows(rows, k, step.size), damping, step);
        entries.forEach((value, i) => {
          curvature[number * length + i] = fixedPoint(value, step.formats.curvature, () => ({
            where: `the curvature of tensor "${tensor.name}", block ${first + k}`,
            cure: `raise lambda, which is ${damping.toPrecision(3)} (--damping), or clip the gradients`,
          }));
        });
      }
      report({ phase: 'curvature', done: number, total });
    }
  }
  return curvature;
}

/** Throws `out-of-format`. */
function fixedPoint(
  value: number,
  format: Format,
  describe: () => { readonly where: string; readonly cure: string },
): number {
  const fraction = fractionOf(format);
  const { low, high } = formatInterval(format);
  const integer = toInteger(value, fraction);
  if (integer >= low && integer <= high) return Number(integer);
  const { where, cure } = describe();
  return fail(
    'out-of-format',
    `${where}: ${value} does not fit ${renderFormat(format)}, which holds ${toReal(low, fraction)} to ${toReal(high, fraction)}`,
    cure,
  );
}

async function commitAll(
  { scope, step }: Plan,
  weights: Int32Array,
  curvature: Int32Array,
  report: Report,
): Promise<Holdings> {
  const total = blockCount(scope);
  const holdings: Holdings = {
    weights,
    curvature,
    weightSalts: randomWeightSalts(step, total),
    curvatureSalts: randomCurvatureSalts(step, total),
    curvatureDigests: Elements.of(total),
    leaves: Elements.of(total),
  };
  await paced(total, (block) => {
    const own = heldBlock(holdings, block);
    const digest = curvatureDigest(step, own.curvature, own.curvatureSalts);
    holdings.curvatureDigests.set(block, digest);
    holdings.leaves.set(block, blockLeaf(step, own.weights, own.weightSalts, digest));
    report({ phase: 'commitments', done: block + 1, total });
  });
  return holdings;
}
