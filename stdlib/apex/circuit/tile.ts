// The circuit of a tile: the Group-OBS step on some touched Fisher blocks of one model. Public are a context, which says
// of whom and of what window the proof is, the masks that are not part of the circuit, and two commitments for each block:
// to the curvature with the weights before, and to the same curvature with the weights after.
import {
  bit,
  circuit,
  field,
  u,
  type Circuit,
  type CircuitBuilder,
  type Format,
  type Tensor,
} from '../../../dsl/index.ts';
import { numeric } from '../../../compiler/ir/format.ts';
import { commitWords } from '../../commitment.ts';
import { curvatureWords, limbFormat, weightWords } from '../commitments/words.ts';
import { forms, type StepSpec } from '../forms/index.ts';

export type { StepSpec } from '../forms/index.ts';
import { blocksOf, type Layout } from './layout.ts';

/** Names of the tile's tensors. */
export const ports = {
  context: 'context',
  mask: 'mask',
  weights: 'weights',
  curvature: 'curvature',
  certificate: 'certificate',
  multipliers: 'multipliers',
  unlearned: 'unlearned',
  bound: 'bound',
  before: 'before',
  after: 'after',
} as const;

const word = u(64, 0);

/** Of a tile with that layout. Weights, curvature and unlearned weights are words (commitments/words.ts). */
export function tileCircuit(spec: StepSpec, layout: Layout): Circuit {
  return circuit('apex-tile', {}, (c) => {
    const { formats, size } = spec;
    const form = forms[spec.form];
    const blocks = blocksOf(layout);
    // The transcript of the proof absorbs it; exposing it says that it is passed through.
    c.public(ports.context, field, [1]).expose(ports.bound);
    const words = (name: string, count: number): Tensor => c.secret(name, word, [blocks, count]);
    const before = words(ports.weights, weightWords(spec));
    const curvature = words(ports.curvature, curvatureWords(spec));
    const after = words(ports.unlearned, weightWords(spec));
    const certificate =
      form.certificate &&
      c.secret(ports.certificate, form.certificate.format(formats), [
        blocks,
        form.certificate.length(spec),
      ]);
    const tensors = {
      weights: numbersOf(before, formats.weights, size),
      curvature: numbersOf(curvature, formats.curvature, form.curvatureLength(spec)),
      unlearned: numbersOf(after, formats.weights, size),
      ...(certificate ? { certificate } : {}),
    };
    const parts = partsOf(c, spec, layout);
    for (const { start, end, ...known } of parts) {
      const own = Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [
          name,
          tensor.slice({ axis: 0, start, end }),
        ]),
      ) as typeof tensors;
      form.prove({ ...own, ...known }, formats, spec);
    }
    const registered = commitWords(curvature);
    commitWords(before, [registered]).expose(ports.before);
    commitWords(after, [registered]).expose(ports.after);
  });
}

/** Numbers of any format out of words: those that do not fill their limbs are checked. */
function numbersOf(words: Tensor, format: Format, length: number): Tensor {
  const wide = limbFormat(format);
  const numbers = words.unpack({ format: wide, length });
  return wide.bits === numeric(format)!.bits ? numbers : numbers.rescale(format);
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly mask: Tensor;
  readonly masked?: readonly number[];
  readonly multipliers?: Tensor;
}

/** Runs of blocks with what is known of their masks, and the multipliers of each, where the form has them. */
function partsOf(c: CircuitBuilder, spec: StepSpec, { groups, open }: Layout): Part[] {
  const { size, formats } = spec;
  const { multipliers } = forms[spec.form];
  const runs: { blocks: number; masked?: readonly number[] }[] = [...groups];
  if (open > 0) runs.push({ blocks: open });
  const each = runs.map(({ masked }) => masked?.length ?? size);
  const total = runs.reduce((sum, { blocks }, i) => sum + blocks * each[i]!, 0);
  const all = multipliers && c.secret(ports.multipliers, multipliers(formats), [total]);
  let [block, at] = [0, 0];
  return runs.map(({ blocks, masked }, i): Part => {
    const own = { start: block, end: block + blocks };
    const [from, to] = [at, at + blocks * each[i]!];
    [block, at] = [own.end, to];
    return {
      ...own,
      mask: masked
        ? constantMask(c, blocks, size, masked)
        : c.public(ports.mask, bit, [open, size]),
      ...(masked ? { masked } : {}),
      ...(all
        ? {
            multipliers: all.slice({ axis: 0, start: from, end: to }).reshape([blocks, each[i]!]),
          }
        : {}),
    };
  });
}

function constantMask(
  c: CircuitBuilder,
  blocks: number,
  size: number,
  masked: readonly number[],
): Tensor {
  const bits = Array.from({ length: blocks * size }, (_, i) => (masked.includes(i % size) ? 1 : 0));
  return c.constant(bits, bit, [blocks, size]);
}

/** The step with its result in the open: how the client computes what it will prove, and what ε is derived on. */
export function stepCircuit(spec: StepSpec, blocks: number): Circuit<{ blocks: number }> {
  return circuit('apex-step', { blocks }, (c, sizes) => {
    const { formats, size } = spec;
    const form = forms[spec.form];
    const numbers = (name: string, format: typeof formats.weights, length: number): Tensor =>
      c.secret(name, format, [sizes.blocks, length]);
    const { unlearned, multipliers } = form.step(
      {
        weights: numbers(ports.weights, formats.weights, size),
        curvature: numbers(ports.curvature, formats.curvature, form.curvatureLength(spec)),
        mask: c.public(ports.mask, bit, [sizes.blocks, size]),
      },
      formats,
      spec,
    );
    unlearned.expose(ports.unlearned);
    multipliers?.expose(ports.multipliers);
  });
}
