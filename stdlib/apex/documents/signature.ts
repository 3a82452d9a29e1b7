// Ed25519 over bytes, and over the canonical text of a document.
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

export const publicKeyOf = (key: KeyObject): string => spkiOf(createPublicKey(key));

const spkiOf = (key: KeyObject): string =>
  key.export({ type: 'spki', format: 'der' }).toString('base64');

/** Whether a base64 text is the SPKI of an Ed25519 key, in its one spelling. */
export function isPublicKey(text: string): boolean {
  const key = readPublicKey(text);
  return key !== undefined && spkiOf(key) === text;
}

function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** 64 bytes. */
export const signBytes = (bytes: Uint8Array, key: KeyObject): Uint8Array => sign(null, bytes, key);

/** False for what is no key and no signature. */
export function areBytesSigned(bytes: Uint8Array, signature: Uint8Array, signer: string): boolean {
  const key = readPublicKey(signer);
  return key !== undefined && verify(null, bytes, key, signature);
}

/** Base64 of 64 bytes. */
export const signaturePattern = /^[A-Za-z0-9+/]{86}==$/;

export const signDocument = (document: Json, key: KeyObject): string =>
  Buffer.from(signBytes(Buffer.from(canonicalText(document)), key)).toString('base64');

export const isSigned = (document: Json, signature: string, signer: string): boolean =>
  areBytesSigned(Buffer.from(canonicalText(document)), Buffer.from(signature, 'base64'), signer);
