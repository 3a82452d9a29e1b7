// A plan with 50 weights, and documents under it.
import { modulus } from '../../../../compiler/numbers/field.ts';
import { q } from '../../../../compiler/ir/format.ts';
import {
  generateSigningKey,
  planDigest,
  publicKeyOf,
  signRegistration,
  readSigningKey,
  windowDigest,
  type Challenge,
  type History,
  type Mask,
  type Plan,
  type Receipt,
  type Registration,
  type Window,
} from '../../../../stdlib/apex/documents/index.ts';
import type { Scope } from '../../../../stdlib/apex/model/index.ts';

export const key = readSigningKey(generateSigningKey());
export const clientKey = readSigningKey(generateSigningKey());
export const hex = 'ab'.repeat(32);

/** Rows of 5, in blocks of 4 and 1; then rows of 5 again, of a matrix that is stored as its transpose. */
export const scope: Scope = {
  blockSize: 4,
  tensors: [
    { name: 'first', shape: [6, 5], orientation: 'out-in' },
    { name: 'second', shape: [5, 4], orientation: 'in-out' },
  ],
};

export const plan: Plan = {
  model: hex,
  scope,
  step: { size: 4, weights: q(16, 14), tolerance: 2 ** -14 },
  keeps: 'root',
  reregister: 'linked',
  link: 64,
  signer: publicKeyOf(key),
};

export const unsignedRegistration: Registration = {
  client: 'ada@home.example',
  plan: planDigest(plan),
  root: modulus - 1n,
  unscoped: hex,
  window: hex,
  signer: publicKeyOf(clientKey),
  replaces: null,
};

export const registration = signRegistration(unsignedRegistration, clientKey);

/** With the consent of another key. */
export const formerKey = readSigningKey(generateSigningKey());
export const replacing = signRegistration(
  { ...unsignedRegistration, replaces: 'cd'.repeat(32) },
  clientKey,
  formerKey,
);

export const challenge: Challenge = {
  plan: planDigest(plan),
  registration: hex,
  replaces: 'cd'.repeat(32),
  epoch: 4,
  window: hex,
  commitments: modulus - 1n,
  nonce: 'ef'.repeat(32),
};

export const receipt: Receipt = { plan: hex, registration: hex, epoch: 4, window: hex };

export const historyOf = (entries: readonly (readonly [number, number])[]): History => ({
  positions: Uint32Array.from(entries, ([position]) => position),
  epochs: Uint32Array.from(entries, ([, epoch]) => epoch),
});

export function maskOf(own: Plan, positions: readonly number[], bytes = 7): Mask {
  const bits = new Uint8Array(bytes);
  for (const position of positions) bits[position >> 3]! |= 1 << (position & 7);
  const masked = new Set(positions).size;
  return { plan: planDigest(own), score: 'saliency', budget: 0.5, masked, bits };
}

const choice = { score: 'saliency', budget: 0.5, masked: 2 } as const;

/** Windows of epochs 1 to 3, each with two more positions, overlapping what was masked. */
export const windows: readonly Window[] = (() => {
  const own: Window[] = [];
  const histories = [
    [
      [4, 1],
      [9, 1],
    ],
    [
      [0, 2],
      [4, 1],
      [9, 1],
      [49, 2],
    ],
    [
      [0, 2],
      [4, 1],
      [7, 3],
      [9, 1],
      [48, 3],
      [49, 2],
    ],
  ] as const;
  for (const [i, entries] of histories.entries()) {
    const before = own.at(-1);
    own.push({
      plan: planDigest(plan),
      epoch: i + 1,
      predecessor: before ? windowDigest(before) : null,
      mask: choice,
      history: historyOf(entries),
    });
  }
  return own;
})();
