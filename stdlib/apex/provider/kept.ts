// Files that a provider keeps of its clients beside the books. A file is written before the books name it, and removed after they
// have named another one: a crash between leaves one too many, never one too few.
//   leaves/<digest of the registration>.leaves   the leaves of all weights, where the plan says that they are kept
//   commitments/<root>.bin                       c_b of the blocks with S ≠ ∅, of the last accepted bundle of a registration, or
//                                                named by the challenge of a pending one
import { join } from 'node:path';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Books, RegistrationRecord } from '../books/index.ts';
import { Elements } from '../commitments/elements.ts';
import { weightCount, type Scope } from '../model/index.ts';
import { ElementFiles } from './element-files.ts';

export interface LeafStore {
  has(registration: string): Promise<boolean>;
  /** Throws FileError `cannot-write`, or `changed`. */
  write(registration: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * The leaves at these positions. The file is compared with its SHA-256 once.
   * @throws LetheError `no-leaves`, `damaged-leaves`.
   */
  read(registration: string, positions: ArrayLike<number>): Promise<bigint[]>;
  remove(registration: string): Promise<void>;
}

export interface CommitmentStore {
  /** In the order of blocks. Throws FileError `cannot-write`. */
  write(root: string, commitments: readonly bigint[]): Promise<void>;
  /** All of them, so many. @throws LetheError `no-commitments`, `damaged-commitments`. */
  read(root: string, count: number): Promise<bigint[]>;
  remove(root: string): Promise<void>;
}

export interface Kept {
  readonly leaves: LeafStore;
  readonly commitments: CommitmentStore;
}

export function leavesIn(folder: string, scope: Scope): LeafStore {
  const files = new ElementFiles({
    folder: join(folder, 'leaves'),
    what: 'leaves',
    extension: 'leaves',
    cure: 'give the .leaves file that the client wrote to `lethe apex enroll` again, with the registration',
  });
  return {
    has: files.has,
    write: (registration, pieces) => files.write(registration, pieces),
    read: (registration, positions) => files.read(registration, weightCount(scope), positions),
    remove: files.remove,
  };
}

export function commitmentsIn(folder: string): CommitmentStore {
  const files = new ElementFiles({
    folder: join(folder, 'commitments'),
    what: 'commitments',
    extension: 'bin',
    cure: 'ask the client to answer anew, and to prove every block',
  });
  return {
    write: (root, commitments) => files.write(root, [Elements.from(commitments).bytes]),
    read: (root, count) =>
      files.read(
        root,
        count,
        Array.from({ length: count }, (_, i) => i),
      ),
    remove: files.remove,
  };
}

/** Whether an error says that a file which was kept is gone or damaged. */
export const isKeptFileLost = (error: unknown): boolean =>
  isLetheError(error) && lostCodes.includes(error.diagnostics[0]!.code);

const lostCodes = ['no-leaves', 'damaged-leaves', 'no-commitments', 'damaged-commitments'];

/** Whether leaves of a registration are kept: of those that may be proved with, now or after their link. */
export const isHeld = ({ standing }: RegistrationRecord): boolean =>
  standing === 'current' || standing === 'pending';

/**
 * Removes files that the books do not name any more: leaves of the client's superseded and dropped registrations, and commitments that nobody
 * has now. `judged` are roots that were written for verdicts which may have been refused.
 */
export async function sweep(
  { leaves, commitments }: Kept,
  books: Books,
  client: string,
  judged: readonly string[] = [],
): Promise<void> {
  for (const registration of await books.registrationsOf(client))
    if (!isHeld(registration)) await leaves.remove(registration.digest);
  // In this order: a root that is entered between the two is current, and not one of the former.
  const former = (await books.history(client)).map(({ root }) => root);
  const current = new Set(await books.currentRoots());
  for (const root of new Set([...former, ...judged]))
    if (!current.has(root)) await commitments.remove(root);
}
