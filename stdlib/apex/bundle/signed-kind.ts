// Files that clients sign for a provider: bundles and links. Numbers have 32 bits, little-endian; field elements 32 bytes, big-endian.
//   magic, version, length of the header, header (canonical JSON)
//   sections of field elements, one after the other
//   for each tile: length of the proof, proof
//   Ed25519 signature by the client over the SHA-256 of all that
import { parseJson } from '../../../compiler/files/index.ts';
import { Fields } from '../documents/fields.ts';
import { smallDocument } from '../documents/limits.ts';

export interface SignedKind<Header> {
  /** A word for it: `bundle` or `link`. Codes of its refusals end in it. */
  readonly what: string;
  /** The kind of file in words, for messages. */
  readonly name: string;
  /** Who writes it. */
  readonly command: string;
  /** 8 characters. */
  readonly magic: string;
  readonly version: number;
  /** The header's one text. */
  readonly render: (header: Header) => Uint8Array;
  /** Throws `bad-document`. */
  readonly parse: (text: string, file: string) => Header;
}

/** Bytes before the header: magic, version, length. */
export const preambleLength = 16;
/** More than any header takes. */
export const maxHeader = 4096;
/** More than any proof takes: those of kimchi have 8 to 20 kB. */
export const maxProof = 1 << 16;
export const signatureLength = 64;

/** The fields of a header. Throws `bad-document`. */
export const headerFields = (text: string, file: string): Fields =>
  new Fields(parseJson(text, { file, code: 'bad-document', ...smallDocument }), file);
