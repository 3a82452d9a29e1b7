// A bundle as data, its file, and everything that a verifier reads of a file. No proof is made: these are bytes of nothing.
import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleKind,
  renderHeader,
  type BundleHeader,
} from '../../../../stdlib/apex/bundle/header.ts';
import { Bundle, type BodyCounts } from '../../../../stdlib/apex/bundle/read.ts';
import { signatureLength } from '../../../../stdlib/apex/bundle/signed-kind.ts';
import { encodeNumber } from '../../../../stdlib/apex/bundle/source.ts';
import { writeBundle } from '../../../../stdlib/apex/bundle/write.ts';
import { generateSigningKey, publicKeyOf } from '../../../../stdlib/apex/documents/signature.ts';

export const { magic, version } = bundleKind;

export interface Content {
  readonly header: BundleHeader;
  readonly siblings: readonly bigint[];
  readonly leaves: readonly bigint[];
  readonly commitments: readonly bigint[];
  readonly proofs: readonly Uint8Array[];
}

const elements = (count: number, from: number): bigint[] =>
  Array.from({ length: count }, (_, i) => BigInt(from + i) * 12345678901234567890123n);

export const content: Content = {
  header: {
    plan: 'a1'.repeat(32),
    registration: 'b2'.repeat(32),
    receipt: 'c3'.repeat(32),
    window: 'd4'.repeat(32),
    log: 13,
    kept: 77n,
    after: 99n,
    proved: 4,
    tiles: 2,
    siblings: 3,
  },
  siblings: elements(3, 1),
  leaves: elements(5, 11),
  commitments: elements(4, 21),
  proofs: [new Uint8Array(300).fill(1), new Uint8Array(200).fill(2)],
};

export const counts: BodyCounts = { siblings: 3, leaves: 5, proved: 4, tiles: 2 };

export const newKey = (): KeyObject => createPrivateKey(generateSigningKey());
export const key = newKey();
export const signer = publicKeyOf(key);

/** Test files share modules: each makes a folder of its own. */
export let folder: string;
export const makeFolder = async (): Promise<void> => {
  folder = await mkdtemp(join(tmpdir(), 'lethe-bundle-'));
};
export const removeFolder = (): Promise<void> => rm(folder, { recursive: true });

export async function bytesOf(own: Content = content, by: KeyObject = key): Promise<Uint8Array> {
  const file = join(folder, 'written.apex');
  const proof = async (tile: number): Promise<Uint8Array> => own.proofs[tile]!;
  await writeBundle(file, { ...own, proof, key: by });
  return readFile(file);
}

/** All that a verifier reads, in his order. */
export async function read(
  bytes: Uint8Array,
  expected: BodyCounts = counts,
  by = signer,
): Promise<Content> {
  const file = join(folder, 'read.apex');
  await writeFile(file, bytes);
  const bundle = await Bundle.open(file);
  try {
    await bundle.verifySignature(by);
    const body = bundle.body(expected);
    const proofs: Uint8Array[] = [];
    for await (const proof of body.proofs()) proofs.push(Uint8Array.from(proof));
    return {
      header: bundle.header,
      siblings: (await body.siblings()).all(),
      leaves: (await body.leaves()).all(),
      commitments: (await body.commitments()).all(),
      proofs,
    };
  } finally {
    await bundle.close();
  }
}

/** The file with its last bytes made the signature of the others: what a dishonest client can send. */
export function signed(bytes: Uint8Array, by: KeyObject = key): Uint8Array {
  const own = bytes.subarray(0, Math.max(0, bytes.length - signatureLength));
  return Buffer.concat([own, sign(null, createHash('sha256').update(own).digest(), by)]);
}

/** A file with another header text, signed. */
export function withHeaderText(bytes: Uint8Array, text: string | Uint8Array): Uint8Array {
  const own = Buffer.from(text);
  const start = [Buffer.from(magic), encodeNumber(version), encodeNumber(own.length), own];
  return signed(Buffer.concat([...start, bytes.subarray(bodyOf(content.header))]));
}

/** Where the header ends. */
export const bodyOf = (header: BundleHeader): number =>
  magic.length + 8 + renderHeader(header).length;

export const replaced = (bytes: Uint8Array, position: number, part: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, position), part, bytes.subarray(position + part.length)]);
