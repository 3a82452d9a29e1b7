// Ed25519 over bytes, and over the canonical text of a document.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { canonicalText, type Json } from './canonical.ts';
import { readPublicKey, spkiOf } from './public-key.ts';

/** A new key, as PEM. */
export const generateSigningKey = (): string =>
  renderSigningKey(generateKeyPairSync('ed25519').privateKey);

/** Throws when the text is no private key. */
export const readSigningKey = (pem: string): KeyObject => createPrivateKey(pem);

/** The key of a PEM file that was made elsewhere. Throws `bad-client-key` unless it is Ed25519. */
export function parseSigningKey(pem: string, file: string): KeyObject {
  const key = privateKeyOf(pem);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  return fail(
    'bad-client-key',
    `${file}: ${key ? `a key of type ${key.asymmetricKeyType}` : 'no private key in PEM (PKCS#8) without a passphrase'}, and Ed25519 is expected`,
    'make one with `openssl genpkey -algorithm ed25519 -out client.pem`',
  );
}

function privateKeyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** PKCS#8, PEM. */
export const renderSigningKey = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem' }) as string;

export const publicKeyOf = (key: KeyObject): string => spkiOf(createPublicKey(key));

/** 64 bytes. */
export const signBytes = (bytes: Uint8Array, key: KeyObject): Uint8Array => sign(null, bytes, key);

/** False for what is no key and no signature. */
export function areBytesSigned(bytes: Uint8Array, signature: Uint8Array, signer: string): boolean {
  const key = readPublicKey(signer);
  return key !== undefined && verify(null, bytes, key, signature);
}

/**
 * Base64 of 64 bytes, in its one spelling: the last letter has four bits behind their end, which are 0. Otherwise anybody could write a
 * signed document in sixteen ways, and a digest, which leaves the signature out, would name all of them.
 */
export const signaturePattern = /^[A-Za-z0-9+/]{85}[AQgw]==$/;

export const signDocument = (document: Json, key: KeyObject): string =>
  Buffer.from(signBytes(Buffer.from(canonicalText(document)), key)).toString('base64');

export const isSigned = (document: Json, signature: string, signer: string): boolean =>
  areBytesSigned(Buffer.from(canonicalText(document)), Buffer.from(signature, 'base64'), signer);
