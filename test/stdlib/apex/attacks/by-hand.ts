// Registrations of any weights, any R and any leaves, written by a client that controls its code.
import { writeFile } from 'node:fs/promises';
import { HeldWriter } from '../../../../stdlib/apex/client/held-writer.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import { clientKey, createState } from '../../../../stdlib/apex/client/state.ts';
import { signRegistration } from '../../../../stdlib/apex/documents/index.ts';
import { hashRange } from '../../../../stdlib/apex/hashing/hash-range.ts';
import { heldFile } from '../../../../stdlib/apex/hashing/held-files.ts';
import { defaultRangeHeight } from '../../../../stdlib/apex/hashing/ranges.ts';
import type { LeafSource } from '../../../../stdlib/apex/hashing/leaves.ts';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import {
  blockCount,
  blockNumbering,
  openState,
  weightCount,
  type State,
} from '../../../../stdlib/apex/index.ts';
import type { HeldBlock } from '../../../../stdlib/apex/step/index.ts';
import type { ClientOptions, World } from '../fixture.ts';

export interface ByHand extends ClientOptions {
  /** The block that is registered in place of an honest one. */
  readonly block?: (held: HeldBlock, number: number) => HeldBlock;
  /** The leaves of all positions in place of right ones. */
  readonly leaves?: (right: readonly bigint[], state: State) => Promise<bigint[]>;
}

/** Registers what is asked for; in the books too, with its receipt in the state, unless `enrolled` is false. */
export async function registerByHand(world: World, name: string, options: ByHand): Promise<State> {
  const { block, leaves, enrolled = true, replace, ...honest } = options;
  const base = await world.client(name, { ...honest, enrolled: false });
  const { folder, plan, registration, damping, unscopedSalt, compensated } = base;
  const { scope, step } = plan;
  const numbering = blockNumbering(scope);

  if (block) {
    const holdings = await Holdings.open(base);
    const made: { block: ReturnType<typeof numbering.at>; own: HeldBlock }[] = [];
    for (let number = 0; number < blockCount(scope); number++)
      made.push({ block: numbering.at(number), own: block(await holdings.block(number), number) });
    await holdings.close();
    const writer = await HeldWriter.open(folder, scope);
    await writer.write(
      (async function* () {
        for (const { block: at, own } of made) yield { block: at, ...own };
      })(),
    );
    await writer.close();
  }
  const hash = (source: LeafSource): Promise<bigint> =>
    hashRange(
      {
        source,
        leaves: weightCount(scope),
        rangeHeight: defaultRangeHeight,
        tree: heldFile(folder, 'tree'),
      },
      0,
    );
  let root = await hash({ kind: 'held', held: { folder, scope, step } });
  const key = await clientKey(base);
  const stateOf = (root: bigint): Promise<State> => {
    // It has taken on the key of the registration that it replaces.
    const former = registration.replaces === null ? undefined : key;
    const signed = signRegistration({ ...registration, root }, key, former);
    const own = { plan, registration: signed, damping, unscopedSalt, former: base.former };
    return createState(folder, own, compensated);
  };
  let state = await stateOf(root);
  if (leaves) {
    const holdings = await Holdings.open(state);
    const right: bigint[] = [];
    for (let i = 0; i < weightCount(scope); i++) right.push(await holdings.leaf(i));
    await holdings.close();
    const file = world.path(`${name}.leaves`);
    await writeFile(file, Elements.from(await leaves(right, state)).bytes);
    root = await hash({ kind: 'file', file });
    state = await stateOf(root);
  }
  if (enrolled) await world.enroll(state, replace);
  return openState(folder);
}
