// The inputs of a registration, known by digests: all of it is read once before anything is committed to.
import { createHash, type KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { registrationDigest } from '../documents/registration.ts';
import { publicKeyOf } from '../documents/signature.ts';
import { windowDigest, type Window } from '../documents/window.ts';
import {
  blockCount,
  hashUnscoped,
  weightCount,
  type ExampleGradients,
  type Model,
} from '../model/index.ts';
import type { Report } from '../report.ts';
import type { Former } from './former.ts';
import { GradientRuns } from './gradient-runs.ts';
import type { RegistrationInputs } from './registering.ts';

/** λ itself, or in multiples of the mean diagonal of the client's Fisher. */
export type Damping = { readonly absolute: number } | { readonly relative: number };

/** Throws `no-curvature`, or of reading. */
export async function readInputs(
  options: {
    readonly plan: Plan;
    readonly client: string;
    readonly model: Model;
    readonly gradients: ExampleGradients;
    readonly damping: Damping;
    readonly window?: Window;
    readonly key?: KeyObject | undefined;
    readonly former?: Former | undefined;
  },
  report: Report,
): Promise<RegistrationInputs> {
  const { plan, client, model, gradients, damping, window, key, former } = options;
  const { digest, meanSquare } = await readGradients(plan, gradients, report);
  if (!(meanSquare > 0) && 'relative' in damping)
    fail(
      'no-curvature',
      'all gradients are 0',
      'give gradients of the loss, or λ itself (--lambda)',
    );
  report({ phase: 'hashing the model', done: 0, total: 1 });
  return {
    plan: planDigest(plan),
    client,
    // Every tensor is out of an empty scope.
    model: await hashUnscoped(model, { ...plan.scope, tensors: [] }),
    gradients: digest,
    damping: 'absolute' in damping ? damping.absolute : damping.relative * meanSquare,
    window: window ? windowDigest(window) : null,
    signer: key ? publicKeyOf(key) : null,
    replaces: former ? registrationDigest(former.registration) : null,
  };
}

/** SHA-256 of all gradients of the scope as they are read, and the mean diagonal of their Fisher. */
async function readGradients(
  { scope }: Plan,
  gradients: ExampleGradients,
  report: Report,
): Promise<{ readonly digest: string; readonly meanSquare: number }> {
  const total = blockCount(scope);
  const hash = createHash('sha256').update(`${gradients.examples} examples\n`);
  let sum = 0;
  for await (const { end, rows } of new GradientRuns(scope, gradients).all()) {
    for (const row of rows) {
      hash.update(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
      for (const entry of row) sum += entry * entry;
    }
    report({ phase: 'reading the gradients', done: end, total });
  }
  const meanSquare = sum / (weightCount(scope) * gradients.examples);
  return { digest: hash.digest('hex'), meanSquare };
}
