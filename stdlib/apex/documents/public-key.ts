// Ed25519 public keys as documents carry them: base64 of an SPKI, in its one spelling. A key of small order is refused: under
// it, one signature holds for many messages, so that it names nobody.
import { createPublicKey, type KeyObject } from 'node:crypto';

/** Base64 of an SPKI public key. */
export const publicKeyPattern = /^[A-Za-z0-9+/]{40,80}={0,2}$/;

export const spkiOf = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'der' }).toString('base64');

/** Whether a base64 text is the SPKI of an Ed25519 key of large order, in its one spelling. */
export const isPublicKey = (text: string): boolean => readPublicKey(text) !== undefined;

/** The key, or undefined for what `isPublicKey` refuses. */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType !== 'ed25519' || spkiOf(key) !== text) return undefined;
    return isLargeOrder(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

const prime = 2n ** 255n - 19n;

/**
 * Whether the point that a key encodes has more than eight multiples, by its coordinate y: −x² + y² = 1 + d x² y² with
 * d = −121665/121666 (RFC 8032, 5.1). The points of order 1, 2, 4 have y = ±1 or 0. A point has order 8 iff its double has y = 0, thus
 * x² = −y², and so d y⁴ + 2 y² = 1. Encodings with y ≥ p are refused, too.
 */
function isLargeOrder(key: KeyObject): boolean {
  const bytes = key.export({ type: 'spki', format: 'der' }).subarray(-32);
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const y = BigInt.asUintN(255, encoded);
  const square = (y * y) % prime;
  const ofOrder8 = (-121665n * square * square + 121666n * (2n * square - 1n)) % prime === 0n;
  return y < prime && y !== 0n && square !== 1n && !ofOrder8;
}
