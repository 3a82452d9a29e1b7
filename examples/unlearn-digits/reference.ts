/**
 * What the client could do without proving anything, from the files it has: clear the masked weights and nothing else, or
 * the exact step in float64.
 */
import { readFile } from 'node:fs/promises';
import { readSafetensors } from '../../compiler/files/index.ts';
import { openState, parsePlan, parseWindow } from '../../stdlib/apex/index.ts';
import { gradientNames } from '../../stdlib/apex/model/gradient-names.ts';
import type { Scope } from '../../stdlib/apex/model/index.ts';
import { unlearn, type Masks, type NamedTensors } from '../../stdlib/apex/reference/index.ts';
import { clientGradients, personalModel, readWeights, type Folders } from './files.ts';
import { places } from './protocol.ts';
import { weightTensor, type Weights } from './weights.ts';

export interface Reference {
  readonly masks: Masks;
  /** θ_p with zeros on the mask. */
  readonly maskOnly: Weights;
  /** θ_u in float64. */
  readonly compensated: NamedTensors;
}

/** After the window has been issued. */
export async function referenceOf(folders: Folders): Promise<Reference> {
  const { plan: planFile, secret, window: windowFile } = places(folders);
  const text = (file: string): Promise<string> => readFile(file, 'utf8');
  const plan = parsePlan(await text(planFile), planFile);
  const { damping } = await openState(secret);
  const { history } = parseWindow(await text(windowFile), windowFile, plan);
  return referenceFor(folders, { scope: plan.scope, damping, masked: history.positions });
}

/** For masked positions of the scope, and λ. */
export async function referenceFor(
  folders: Folders,
  step: { readonly scope: Scope; readonly damping: number; readonly masked: Uint32Array },
): Promise<Reference> {
  const { scope, damping } = step;
  const masked = new Set(step.masked);
  const weights = await readWeights(personalModel(folders));
  const { tensors } = await readSafetensors(clientGradients(folders));

  const masks = new Map<string, Uint8Array>();
  const gradients = new Map<string, Float64Array[]>();
  let first = 0;
  for (const { name } of scope.tensors) {
    const { length } = weightTensor(weights, name).data;
    const start = first;
    masks.set(
      name,
      Uint8Array.from({ length }, (_, i) => Number(masked.has(start + i))),
    );
    first += length;
    const data = Float64Array.from(tensors.get(`${gradientNames.example}${name}`)!.data);
    const rows = Array.from({ length: data.length / length }, (_, row) =>
      data.subarray(row * length, (row + 1) * length),
    );
    gradients.set(name, rows);
  }
  const { blockSize } = scope;
  const { weights: compensated } = unlearn({ weights, masks, gradients, blockSize, damping });
  return { masks, maskOnly: cleared(weights, masks), compensated };
}

/** max |a − b| over all tensors of a. */
export function largestDistance(a: NamedTensors, b: NamedTensors): number {
  let largest = 0;
  for (const [name, { data }] of a)
    data.forEach((value: number, i: number) => {
      largest = Math.max(largest, Math.abs(value - b.get(name)!.data[i]!));
    });
  return largest;
}

const cleared = (weights: Weights, masks: Masks): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => {
      const mask = masks.get(name);
      return [name, { shape, data: mask ? data.map((value, i) => (mask[i] ? 0 : value)) : data }];
    }),
  );
