// Ed25519 over the canonical text of a document.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { canonicalText, type Json } from './canonical.ts';

/** Base64 of an SPKI public key. */
export const publicKeyPattern = /^[A-Za-z0-9+/]{40,80}={0,2}$/;

/** A new key, as PEM. */
export const generateSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** Throws when the text is no private key. */
export const readSigningKey = (pem: string): KeyObject => createPrivateKey(pem);

export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

export const signDocument = (document: Json, key: KeyObject): string =>
  sign(null, Buffer.from(canonicalText(document)), key).toString('base64');

export function isSigned(document: Json, signature: string, signer: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(signer, 'base64'),
      type: 'spki',
      format: 'der',
    });
    const bytes = Buffer.from(signature, 'base64');
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(canonicalText(document)), key, bytes)
    );
  } catch {
    return false;
  }
}
