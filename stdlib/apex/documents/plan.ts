// The plan: what provider and clients agree on before anyone registers. Which weights are in scope, in which blocks and
// formats they are proved, with which form of the curvature, and who signs windows.
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { numeric, readFormat, renderFormat, type Format } from '../../../compiler/ir/format.ts';
import type { StepSpec } from '../circuit/tile.ts';
import { forms, type FormName } from '../forms/index.ts';
import type { Orientation, Scope } from '../model/index.ts';
import { digestOf, type Json } from './canonical.ts';
import { Fields } from './fields.ts';
import { publicKeyPattern } from './signature.ts';

/**
 * What the provider keeps of a client's commitments. The root: every bundle opens it, and registrations are small. The tree: a
 * registration brings 32 bytes for each block once, and bundles hold only the commitments that change.
 */
export type Keeps = 'root' | 'tree';

export interface Plan {
  /** SHA-256 of θ_0, every tensor. */
  readonly model: string;
  readonly scope: Scope;
  readonly step: StepSpec;
  readonly keeps: Keeps;
  /** The provider's Ed25519 key, base64 SPKI. */
  readonly signer: string;
}

const kind = 'apex-plan';

export function planDocument({ model, scope, step, keeps, signer }: Plan): Json {
  const { weights, curvature, update, tolerance } = step.formats;
  return {
    lethe: kind,
    version: 1,
    model,
    scope: {
      blockSize: scope.blockSize,
      tensors: scope.tensors.map(({ name, shape, orientation }) => ({ name, shape, orientation })),
    },
    step: {
      form: step.form,
      ...(step.rank === undefined ? {} : { rank: step.rank }),
      weights: renderFormat(weights),
      curvature: renderFormat(curvature),
      update: renderFormat(update),
      tolerance,
    },
    ...(keeps === 'root' ? {} : { keeps }),
    signer,
  };
}

export const planDigest = (plan: Plan): string => digestOf(planDocument(plan));

/** Throws `bad-document`. */
export function parsePlan(text: string, file: string): Plan {
  const fields = Fields.parse(text, file, kind);
  const model = fields.digest('model');
  const scope = fields.object('scope', readScope);
  const step = fields.object('step', (each) => readStep(each, scope.blockSize));
  const keeps = fields.has('keeps') ? (fields.text('keeps', /^tree$/) as Keeps) : 'root';
  const signer = fields.text('signer', publicKeyPattern);
  fields.end();
  return { model, scope, step, keeps, signer };
}

function readScope(fields: Fields): Scope {
  const blockSize = fields.whole('blockSize', 1, 4096);
  const tensors = fields.list('tensors', (each) => {
    const name = each.text('name', /^.+$/s);
    const shape = each.wholes('shape');
    if (shape.length !== 2) each.refuse('shape has two sizes');
    const orientation = each.text('orientation', /^(out-in|in-out)$/) as Orientation;
    return { name, shape: [shape[0]!, shape[1]!] as const, orientation };
  });
  if (tensors.length === 0) fields.refuse('no tensor is in scope');
  if (new Set(tensors.map(({ name }) => name)).size < tensors.length)
    fields.refuse('a tensor is in scope twice');
  return { blockSize, tensors };
}

function readStep(fields: Fields, size: number): StepSpec {
  const form = fields.text('form', new RegExp(`^(${Object.keys(forms).join('|')})$`)) as FormName;
  if (fields.has('rank') && form !== 'factor') fields.refuse(`form ${form} has no rank`);
  const rank = fields.has('rank') ? { rank: fields.whole('rank', 1, size) } : {};
  const format = (name: string): Format => {
    const read = readable(fields.text(name)) ?? fields.refuse(`${name} is no format`);
    const fixed = numeric(read);
    if (!fixed?.signed || fixed.bits > 31) fields.refuse(`${name} is not signed, or past 31 bits`);
    return read;
  };
  const formats = {
    weights: format('weights'),
    curvature: format('curvature'),
    update: format('update'),
    tolerance: fields.positive('tolerance'),
  };
  return { form, size, ...rank, formats };
}

function readable(word: string): Format | undefined {
  try {
    return readFormat(word);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

/** Throws `other-plan` unless a document was made for this plan. */
export function checkPlan(plan: Plan, digest: string, what: string): void {
  if (digest === planDigest(plan)) return;
  fail(
    'other-plan',
    `${what} is of another plan (${digest.slice(0, 16)}…)`,
    'use documents of one plan together',
  );
}
