// The circuit of a tile: the Group-OBS step on some touched Fisher blocks of one model. Public are a context, which says
// of whom and of what window the proof is, the mask, and three commitments for each block: to the weights before, to the
// curvature, to the weights after.
import {
  bit,
  circuit,
  field,
  type Circuit,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';
import { commit } from '../../commitment.ts';
import { forms, type FormName, type FormSizes, type StepFormats } from '../forms/index.ts';

/** What the circuit depends on, besides the number of blocks. */
export interface StepSpec extends FormSizes {
  readonly form: FormName;
  readonly formats: StepFormats;
}

/** Names of the tile's tensors. */
export const ports = {
  context: 'context',
  mask: 'mask',
  weights: 'weights',
  curvature: 'curvature',
  certificate: 'certificate',
  salts: 'salts',
  bound: 'bound',
  before: 'before',
  registered: 'registered',
  after: 'after',
} as const;

/** For `blocks` blocks. */
export function tileCircuit(spec: StepSpec, blocks: number): Circuit<{ blocks: number }> {
  return circuit('apex-tile', { blocks }, (c) => {
    // The transcript of the proof absorbs it; exposing it says that it is passed through.
    c.public(ports.context, field, [1]).expose(ports.bound);
    const salts = c.secret(ports.salts, field, [blocks, 3]);
    const salt = (k: number) => ({ salts: salts.slice({ axis: 1, start: k, end: k + 1 }) });
    const { weights, curvature, unlearned } = step(c, spec, blocks);
    commit(weights, salt(0)).expose(ports.before);
    commit(curvature, salt(1)).expose(ports.registered);
    commit(unlearned, salt(2)).expose(ports.after);
  });
}

/** The same step with its result in the open: how the client computes what it will prove, and what ε is derived on. */
export function stepCircuit(spec: StepSpec, blocks: number): Circuit<{ blocks: number }> {
  return circuit('apex-step', { blocks }, (c) => {
    step(c, spec, blocks).unlearned.expose(ports.after);
  });
}

function step(
  c: CircuitBuilder,
  spec: StepSpec,
  blocks: number,
): Record<'weights' | 'curvature' | 'unlearned', Tensor> {
  const { formats, size } = spec;
  const form = forms[spec.form];
  const weights = c.secret(ports.weights, formats.weights, [blocks, size]);
  const curvature = c.secret(ports.curvature, formats.curvature, [
    blocks,
    form.curvatureLength(spec),
  ]);
  const mask = c.public(ports.mask, bit, [blocks, size]);
  const certificate =
    form.certificate &&
    c.secret(ports.certificate, form.certificate.format(formats), [
      blocks,
      form.certificate.length(spec),
    ]);
  const unlearned = form.step({ weights, mask, curvature, certificate }, formats, spec);
  return { weights, curvature, unlearned };
}
