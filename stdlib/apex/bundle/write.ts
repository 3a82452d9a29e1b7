// Writes a bundle.
import type { KeyObject } from 'node:crypto';
import { bundleKind, type BundleHeader } from './header.ts';
import { writeSigned, type ElementSource } from './write-signed.ts';

export interface BundleToWrite {
  readonly header: BundleHeader;
  /** `header.siblings` of them. */
  readonly siblings: ElementSource;
  /** Those at the live positions of the proved blocks, ascending. */
  readonly leaves: ElementSource;
  /** The c_b of the proved blocks, ascending. */
  readonly commitments: ElementSource;
  /** Asked for once each, in order. */
  readonly proof: (tile: number) => Promise<Uint8Array>;
  /** The client's. */
  readonly key: KeyObject;
}

/** Returns the file's bytes. Throws a FileError. */
export const writeBundle = (file: string, bundle: BundleToWrite): Promise<number> => {
  const { header, siblings, leaves, commitments, proof, key } = bundle;
  const sections = [siblings, leaves, commitments];
  return writeSigned(file, bundleKind, { header, sections, tiles: header.tiles, proof, key });
};
