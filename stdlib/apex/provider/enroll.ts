// A registration enters the books, and with it the tree of the client's commitments, where the plan says that it is kept.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Books, Registration as Entry } from '../books/index.ts';
import type { Elements } from '../commitments/elements.ts';
import { buildTree, type Tree } from '../commitments/tree.ts';
import { canonicalText } from '../documents/canonical.ts';
import { checkPlan, type Plan } from '../documents/plan.ts';
import {
  registrationDigest,
  registrationDocument,
  type Registration,
} from '../documents/registration.ts';
import { blockCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import { leavesOf, removeOld, type TreeStore } from './trees.ts';

/** What comes with a registration where the provider keeps trees. */
export interface Keeping {
  readonly trees: TreeStore;
  /** Of the client's current commitment. */
  readonly leaves: Elements;
  readonly report?: Report;
}

/**
 * Enters a registration in the current epoch. One that was entered before changes nothing but its tree, which is written again.
 * Throws `other-plan`, `no-leaves`, `root-mismatch`, or as the books refuse it.
 */
export async function enroll(
  plan: Plan,
  books: Books,
  registration: Registration,
  keeping?: Keeping,
): Promise<Entry> {
  checkPlan(plan, registration.plan, `the registration of ${registration.client}`);
  if (plan.keeps === 'root') return enter(books, registration);
  const { trees, ...own } = keeping ?? refuseWithout(registration);
  const former = await books.commitment(registration.client);
  // Before the books name its root, as a verdict does.
  await trees.write(await checkedTree(plan, books, registration, own));
  const entry = await enter(books, registration);
  if (former) await removeOld(trees, books, [former.root]);
  return entry;
}

const refuseWithout = ({ client }: Registration): never =>
  fail(
    'no-leaves',
    `the provider keeps the commitments of every block, and those of ${client} are missing`,
    'give the .leaves file that `lethe apex register` wrote beside the registration',
  );

async function checkedTree(
  { scope }: Plan,
  books: Books,
  registration: Registration,
  { leaves, report }: Omit<Keeping, 'trees'>,
): Promise<Tree> {
  const { client } = registration;
  const known = await books.registration(registrationDigest(registration));
  const current = known?.supersededBy === null ? await books.commitment(client) : undefined;
  const cure = current
    ? `the books have ${client} at ${leavesOf(current)} of its state`
    : 'registration and leaves must be of one `lethe apex register`';
  const refuse = (problem: string): never => fail('root-mismatch', problem, cure);
  const blocks = blockCount(scope);
  if (leaves.length !== blocks) refuse(`${leaves.length} leaves for ${blocks} blocks`);
  const tree = await buildTree(leaves, report);
  if (`${tree.root}` !== (current?.root ?? `${registration.root}`))
    refuse(`the leaves are not those of the commitment of ${client}`);
  return tree;
}

const enter = (books: Books, registration: Registration): Promise<Entry> =>
  books.register({
    client: registration.client,
    digest: registrationDigest(registration),
    planDigest: registration.plan,
    root: `${registration.root}`,
    unscoped: registration.unscoped,
    document: canonicalText(registrationDocument(registration)),
  });
