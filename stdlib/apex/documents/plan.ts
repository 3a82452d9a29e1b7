// The plan: what provider and clients agree on before anyone registers. Which weights are in scope, in which blocks and
// formats they are proved, which positions are dead from the start, and who signs windows.
import { fail, isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { readFormat, renderFormat, type Format } from '../../../compiler/ir/format.ts';
import { defaults } from '../defaults.ts';
import { weightCount, type Orientation, type Scope } from '../model/index.ts';
import { checkSpec, type StepSpec } from '../step/spec.ts';
import { areBitsOf } from './bits.ts';
import { digestOf, type Json } from './canonical.ts';
import { documentVersion, Fields } from './fields.ts';
import { planLimits } from './limits.ts';
import { isPublicKey, publicKeyPattern } from './public-key.ts';

/**
 * How much the provider keeps of a client's leaves. The root: every bundle opens it, and registrations are small. The leaves: a
 * registration brings 32 bytes for each weight once, and bundles hold no openings.
 */
export type Keeps = 'root' | 'leaves';

/** How a client may replace its registration: not at all, with a proof that it continues the old one, or at will. */
export type Reregister = 'never' | 'linked' | 'any';

/** Blocks that a link samples unless the plan says another number. */
export const defaultLink = defaults.link;

/** The plan over the same θ_0 that this one follows. */
export interface Predecessor {
  /** Digest of it. */
  readonly plan: string;
  /** Digest of its last window; null if it issued none. */
  readonly window: string | null;
  /** Bits of this plan's positions: masked under a predecessor, and dead for every registration. */
  readonly dead: Uint8Array;
}

export interface Plan {
  /** SHA-256 of θ_0, every tensor. */
  readonly model: string;
  readonly scope: Scope;
  readonly step: StepSpec;
  readonly keeps: Keeps;
  readonly reregister: Reregister;
  /** Blocks of a new registration that are compared with the old one, drawn at random. */
  readonly link: number | 'all';
  readonly predecessor?: Predecessor;
  /** The provider's Ed25519 key, base64 SPKI. */
  readonly signer: string;
}

const kind = 'apex-plan';

export function planDocument(plan: Plan): Json {
  const { model, scope, step, keeps, reregister, link, predecessor, signer } = plan;
  return {
    lethe: kind,
    version: documentVersion,
    model,
    scope: {
      blockSize: scope.blockSize,
      tensors: scope.tensors.map(({ name, shape, orientation }) => ({ name, shape, orientation })),
    },
    step: { weights: renderFormat(step.weights), tolerance: step.tolerance },
    ...(keeps === 'root' ? {} : { keeps }),
    ...(reregister === 'linked' ? {} : { reregister }),
    ...(link === defaultLink ? {} : { link }),
    ...(predecessor === undefined
      ? {}
      : {
          predecessor: {
            plan: predecessor.plan,
            window: predecessor.window,
            dead: Buffer.from(predecessor.dead).toString('base64'),
          },
        }),
    signer,
  };
}

const digests = new WeakMap<Plan, string>();

/** Kept for each object: dead positions make a plan long. */
export function planDigest(plan: Plan): string {
  const known = digests.get(plan) ?? digestOf(planDocument(plan));
  digests.set(plan, known);
  return known;
}

/** Throws `bad-document`. */
export function parsePlan(text: string, file: string): Plan {
  const fields = Fields.parse(text, file, kind, planLimits);
  const model = fields.digest('model');
  const scope = fields.object('scope', readScope);
  const step = fields.object('step', (each) => readStep(each, scope.blockSize));
  const keeps = fields.has('keeps') ? (fields.text('keeps', /^leaves$/) as Keeps) : 'root';
  const reregister = fields.has('reregister')
    ? (fields.text('reregister', /^(never|any)$/) as Reregister)
    : 'linked';
  const link = fields.has('link') ? readLink(fields) : defaultLink;
  const predecessor = fields.has('predecessor')
    ? { predecessor: fields.object('predecessor', (each) => readPredecessor(each, scope)) }
    : {};
  const signer = fields.text('signer', publicKeyPattern);
  if (!isPublicKey(signer)) fields.refuse('signer is no Ed25519 key');
  fields.end();
  return { model, scope, step, keeps, reregister, link, ...predecessor, signer };
}

/** One plan has one text: the default is not spelled out. */
function readLink(fields: Fields): number | 'all' {
  const link = fields.wholeOr('link', 'all', 1, 2 ** 32 - 1);
  if (link === defaultLink) fields.refuse(`link is left out where it is ${defaultLink}`);
  return link;
}

function readScope(fields: Fields): Scope {
  const blockSize = fields.whole('blockSize', 1, 64);
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
  // Positions are 32-bit numbers.
  if (weightCount({ blockSize, tensors }) >= 2 ** 32) fields.refuse('too many weights');
  return { blockSize, tensors };
}

function readStep(fields: Fields, size: number): StepSpec {
  const weights = readable(fields.text('weights')) ?? fields.refuse('weights is no format');
  const step = { size, weights, tolerance: fields.positive('tolerance') };
  try {
    // Nobody plans what could not be proved, or would say nothing.
    checkSpec(step);
  } catch (error) {
    if (isLetheError(error)) fields.refuse(error.diagnostics[0]!.message);
    throw error;
  }
  return step;
}

function readPredecessor(fields: Fields, scope: Scope): Predecessor {
  const plan = fields.digest('plan');
  const window = fields.optionalDigest('window');
  const dead = fields.bytes('dead');
  if (!areBitsOf(dead, weightCount(scope)))
    fields.refuse(`dead has ${dead.length} bytes, or bits past the last of the weights`);
  return { plan, window, dead };
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
