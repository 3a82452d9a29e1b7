// Bundles that a stranger or a client can send in place of a right one, for each reason of a refusal, in the order in which a verifier looks.
import { generateKeyPairSync } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import type { ReasonCode } from '../../../../stdlib/apex/documents/reasons.ts';
import type { BundleHeader } from '../../../../stdlib/apex/bundle/header.ts';
import { tileProofLength } from '../../../../stdlib/apex/circuit/tile-proof.ts';
import {
  restated,
  withCommitment,
  withHeader,
  withProof,
  writeParts,
  type BundleParts,
} from './bundle-parts.ts';
import { proofOfNothing } from './proof-of-nothing.ts';

export interface Case {
  readonly title: string;
  readonly code: ReasonCode;
  readonly write: (file: string) => Promise<void>;
}

/** The right bundle and its file, and which blocks stand in the first and in the last tile. */
export interface Right {
  readonly file: string;
  readonly parts: BundleParts;
  readonly blocks: readonly [first: number, last: number];
  /** A registration and a window that the books hold, and that do not go together. */
  readonly late: string;
}

const digest = 'a'.repeat(64);

/** Refused before a proof is verified, and before a circuit is compiled. */
export function casesBeforeProofs({ file: right, parts, late }: Right): Case[] {
  const { header, proofs, leaves, commitments } = parts;
  const of = (title: string, code: ReasonCode, own: BundleParts): Case => ({
    ...{ title, code },
    write: (file) => writeParts(file, own),
  });
  const bytes = (title: string, change: (file: string) => Promise<void>): Case => ({
    ...{ title, code: 'bad-bundle' },
    async write(file) {
      await writeFile(file, await readFile(right));
      await change(file);
    },
  });
  const counted = (title: string, code: ReasonCode, change: Partial<BundleHeader>): Case => ({
    ...{ title, code },
    write: async (file) => writeFile(file, restated(await readFile(right), parts, change)),
  });
  const random = Uint8Array.from({ length: tileProofLength }, (_, i) => (37 * i + 11) % 256);
  return [
    bytes('no bundle', (file) => writeFile(file, random)),
    bytes('4 GB of nothing after it', (file) => truncate(file, 4e9)),
    bytes('a byte less', async (file) => writeFile(file, (await readFile(file)).subarray(0, -1))),
    of('of another plan', 'other-plan', withHeader(parts, { plan: digest })),
    counted('2^32 tiles', 'bad-coverage', { tiles: 2 ** 32 }),
    counted('2^32 siblings', 'bad-opening', { siblings: 2 ** 32 }),
    of('unknown registration', 'unknown-registration', withHeader(parts, { registration: digest })),
    of('unknown window', 'unknown-window', withHeader(parts, { window: digest })),
    of(
      'a registration after the window',
      'late-registration',
      withHeader(parts, { registration: late }),
    ),
    of('commitments kept from nothing', 'stale-commitment', withHeader(parts, { kept: 5n })),
    of('another receipt', 'other-receipt', withHeader(parts, { receipt: digest })),
    of(
      'a block less',
      'bad-coverage',
      withHeader({ ...parts, commitments: commitments.slice(1) }, { proved: header.proved - 1 }),
    ),
    of('another key', 'forged-bundle', {
      ...parts,
      key: generateKeyPairSync('ed25519').privateKey,
    }),
    of('tiles of 2^9 rows', 'bad-coverage', withHeader(parts, { log: 9 })),
    of(
      'the last proof is of random bytes',
      'bad-proof',
      withProof(parts, proofs.length - 1, random),
    ),
    of('another leaf', 'root-mismatch', { ...parts, leaves: leaves.with(0, leaves[0]! + 1n) }),
    of('another root after', 'root-mismatch', withHeader(parts, { after: header.after + 1n })),
  ];
}

/** Refused by their proofs alone. */
export async function casesOfProofs({ parts, blocks }: Right): Promise<Case[]> {
  const last = parts.proofs.length - 1;
  const cases: Case[] = [];
  for (const [name, tile, block] of [
    ['first', 0, blocks[0]],
    ['last', last, blocks[1]],
  ] as const) {
    const add = (title: string, own: BundleParts): void =>
      void cases.push({
        ...{ title: `${name} tile: ${title}`, code: 'bad-proof' },
        write: (file) => writeParts(file, own),
      });
    add('one number in all places', withProof(parts, tile, proofOfNothing));
    add('the proof of another tile', withProof(parts, tile, parts.proofs[last - tile]!));
    add('a proof of another commitment', await withCommitment(parts, block, 5n));
  }
  return cases;
}

/** After the right bundle was accepted. */
export const casesAfter = ({ file: right, parts }: Right): Case[] => [
  {
    ...{ title: 'the same again', code: 'replayed-bundle' },
    write: async (file) => writeFile(file, await readFile(right)),
  },
  {
    ...{ title: 'another one for the window', code: 'already-unlearned' },
    write: (file) => writeParts(file, withHeader(parts, { after: parts.header.after + 1n })),
  },
];
