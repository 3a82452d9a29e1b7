// How near a newcomer comes to an old client: θ_u after two windows, for a client that registered before the first one, and
// for others of the same θ_p and the same data that registered between the two, with `--window` and without.
import { extendHistory, noHistory } from '../../../stdlib/apex/documents/history.ts';
import { personalModel, readWeights, type Folders } from '../../unlearn-digits/files.ts';
import { referenceFor } from '../../unlearn-digits/reference.ts';
import { scopeVector, withScopeVector } from '../../unlearn-digits/scope.ts';
import { toWeights, type Weights } from '../../unlearn-digits/weights.ts';
import { unlearnedBy, type Clients, type Registered } from './clients.ts';

/** Whose weights these are. */
export const kinds = {
  before: 'before',
  maskOnly: 'mask only',
  float: 'one exact step for both windows, float64',
  old: 'old client, registered before window 1',
  newcomer: 'newcomer, registered after window 1',
  uncompensated: 'newcomer that compensates for nothing',
} as const;
export type Kind = keyof typeof kinds;

export interface Newcomers {
  /** Masked positions, in window 1 and in window 2. */
  readonly masked: readonly [number, number];
  readonly weights: Readonly<Record<Kind, Weights>>;
}

/** @param masks positions that each window names, ascending. */
export async function newcomers(
  folders: Folders,
  clients: Clients,
  [first, second]: readonly [Uint32Array, Uint32Array],
): Promise<Newcomers> {
  const { scope } = clients.plan;
  const one = extendHistory(noHistory, first, 1);
  const both = extendHistory(one, second, 2);
  const before = await readWeights(personalModel(folders));
  const names = scope.tensors.map(({ name }) => name);
  const after = async (registered: Registered): Promise<Weights> =>
    withScopeVector(before, names, Float32Array.from(await unlearnedBy(clients, registered, both)));
  const { damping } = clients;
  const reference = await referenceFor(folders, { scope, damping, masked: both.positions });
  return {
    masked: [one.positions.length, both.positions.length],
    weights: {
      before,
      maskOnly: reference.maskOnly,
      float: toWeights(reference.compensated),
      old: await after({ epoch: 1 }),
      newcomer: await after({ epoch: 2, known: one }),
      uncompensated: await after({ epoch: 2 }),
    },
  };
}

/** The distance of two models in scope: the largest of a weight, and the 2-norm. */
export function distance(
  names: readonly string[],
  a: Weights,
  b: Weights,
): { readonly largest: number; readonly norm: number } {
  const [x, y] = [scopeVector(a, names), scopeVector(b, names)];
  let [largest, squares] = [0, 0];
  x.forEach((value, i) => {
    const difference = Math.abs(value - y[i]!);
    largest = Math.max(largest, difference);
    squares += difference ** 2;
  });
  return { largest, norm: Math.sqrt(squares) };
}
