// A registered client that signs any bytes: whatever they are, they are refused with a reason, or were right.
import { createHash, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { isReasonCode } from '../../../../stdlib/apex/documents/reasons.ts';
import { signBytes } from '../../../../stdlib/apex/documents/signature.ts';
import { registrationDigest, verifyLink, type State } from '../../../../stdlib/apex/index.ts';
import { runs } from '../../../tier.ts';
import { accept } from '../accepted.ts';
import { bytesOf, draft } from '../bundles.ts';
import { spread, World } from '../fixture.ts';
import { challengeOf, closeDraft, draftLink, saveLink } from '../link/drafts.ts';

let world: World;
let state: State;
/** Keys of the old registration, which signs bundles, and of the new one, which signs links. */
let keys: Readonly<Record<'bundle' | 'link', KeyObject>>;
let bytes: Readonly<Record<'bundle' | 'link', Buffer>>;

beforeAll(async () => {
  world = await World.make();
  const ada = await world.client('ada');
  const window = await world.window(spread);
  const old = await accept(world, ada, window, await draft(ada, window));
  state = await world.client('ada', {
    ...{ window, replaces: old.folder, enrolled: false, secret: 'again' },
  });
  const own = await draftLink(state, await challengeOf(world, state));
  await saveLink(world.path('own.link'), own.link);
  await closeDraft(own);
  const { forged } = await draft(old, await world.window([1]), { anew: true });
  bytes = {
    bundle: Buffer.from(await bytesOf(world, forged)),
    link: await readFile(world.path('own.link')),
  };
  keys = { bundle: await clientKey(old), link: await clientKey(state) };
});
afterAll(() => world.remove());

/** Thrown where the proofs would be verified. */
class ReachedProofs extends Error {}
const checkProofs = (): Promise<void> => Promise.reject(new ReachedProofs());

async function reasonOf(kind: 'bundle' | 'link', content: Uint8Array): Promise<string> {
  const file = world.path(`judged.${kind}`);
  const signed = content.subarray(0, Math.max(0, content.length - 64));
  const signature = signBytes(createHash('sha256').update(signed).digest(), keys[kind]);
  await writeFile(file, Buffer.concat([signed, signature]));
  const { plan, leaves, commitments, signingKey } = world.provider;
  const own = { plan, leaves, commitments, file, withBooks: world.withBooks, checkProofs };
  try {
    const { reason } =
      kind === 'bundle'
        ? await world.verify(file, { checkProofs })
        : await verifyLink({
            ...{ ...own, signingKey },
            registration: registrationDigest(state.registration),
          });
    return reason!.code;
  } catch (error) {
    if (error instanceof ReachedProofs) return 'none';
    throw error;
  }
}

/** Bytes of the header, which begins at 16. */
const headerOf = (content: Buffer): string =>
  content.subarray(16, 16 + content.readUInt32LE(12)).toString();

/** With another header. */
function withHeaderText(content: Buffer, header: string): Buffer {
  const own = Buffer.from(header);
  const preamble = Buffer.from(content.subarray(0, 16));
  preamble.writeUInt32LE(own.length, 12);
  const rest = content.subarray(16 + content.readUInt32LE(12));
  return Buffer.concat([preamble, own, rest]);
}

const values = fc.oneof(
  fc.constantFrom('0', '1', '-1', '1e400', '4294967296', '18446744073709551616', 'null', '{}'),
  fc.constantFrom('[]', '"0"', '"-1"', '""', 'true', '1.5', '-0', `"${'9'.repeat(78)}"`),
  fc.nat(2 ** 32 - 1).map(String),
  fc.bigInt({ min: 0n, max: 2n ** 255n }).map((each) => `"${each}"`),
);

describe.each(['bundle', 'link'] as const)('a %s', (kind) => {
  test('with nothing wrong but its proofs', async () => {
    expect(await reasonOf(kind, bytes[kind])).toBe('none');
  });

  test('with any value in any field of its header', async () => {
    const fields = Object.keys(JSON.parse(headerOf(bytes[kind])) as object);
    const field = fc.constantFrom(...fields);
    const property = fc.asyncProperty(field, values, async (name, value) => {
      const text = headerOf(bytes[kind]).replace(
        new RegExp(`"${name}":("[^"]*"|[^,}]*)`),
        () => `"${name}":${value}`,
      );
      const code = await reasonOf(kind, withHeaderText(bytes[kind], text));
      expect(code === 'none' || isReasonCode(code)).toBe(true);
    });
    await fc.assert(property, { numRuns: runs(120) });
  });

  test('with other bytes anywhere, fewer of them, or more', async () => {
    const content = bytes[kind];
    const change = fc.record({
      at: fc.nat(content.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      cut: fc.nat(40),
    });
    const property = fc.asyncProperty(change, async ({ at, bytes: other, cut }) => {
      const forged = Buffer.concat([
        content.subarray(0, at),
        other,
        content.subarray(Math.min(content.length, at + cut)),
      ]);
      const code = await reasonOf(kind, forged);
      expect(code === 'none' || isReasonCode(code)).toBe(true);
    });
    await fc.assert(property, { numRuns: runs(120) });
  });

  test('with bytes that stand in the place of as many', async () => {
    const content = bytes[kind];
    const start = 16 + content.readUInt32LE(12);
    const change = fc.record({
      at: fc.integer({ min: start, max: content.length - 65 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    });
    const property = fc.asyncProperty(change, async ({ at, bytes: other }) => {
      const forged = Buffer.from(content);
      forged.set(other.subarray(0, content.length - at), at);
      const code = await reasonOf(kind, forged);
      expect(code === 'none' || isReasonCode(code)).toBe(true);
    });
    await fc.assert(property, { numRuns: runs(120) });
  });
});
