// Nobody recognises a client's model or data in what it sends, not even whoever guesses them right. Five models and five sets of
// gradients are guessed, one of each is right: θ_0 itself, which the client has not changed. The detector finds documents that leak on
// purpose.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useNativePoseidon } from '../../../../compiler/prover/native-hashing.ts';
import { saveAnswer } from '../../../../stdlib/apex/client/state.ts';
import { register } from '../../../../stdlib/apex/client/register.ts';
import { canonicalText, type Json } from '../../../../stdlib/apex/documents/canonical.ts';
import {
  leavesFileOf,
  openExampleGradients,
  openModel,
  openState,
  planDigest,
  planDocument,
  registrationDigest,
  registrationDocument,
  sendLeaves,
  windowDigest,
  writeDocument,
  type Keeps,
  type State,
  type Window,
} from '../../../../stdlib/apex/index.ts';
import { hashUnscoped, saltedUnscoped } from '../../../../stdlib/apex/model/index.ts';
import type { Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { draft, proofOfNothing, save } from '../bundles.ts';
import { scope, spread, World, writeGradients, writeWeights } from '../fixture.ts';
import { closeDraft, draftLink, saveLink } from '../link/drafts.ts';
import { prepare } from '../prepared.ts';
import { ofGradients, ofModel, ofPair, type Guess, type Known } from './guesses.ts';
import { jsonOf, valuesOf, Views, type Sent } from './sent.ts';

const count = 5;
/** θ_0, and one of the sets of gradients. */
const right = { model: 0, gradients: 3 };
const relative = 1;

let world: World;
let window: Window;
let ada: State;
/** Clients with the same inputs, and with others. */
let twin: State;
let other: State;
let sent: Sent;
let guesses: Guess[];

const modelFile = (i: number): string =>
  world.path(i === 0 ? 'global.safetensors' : `p${i}.safetensors`);
const gradientsFile = (i: number): string => world.path(`g${i}.safetensors`);

/** A state of these inputs, enrolled. */
async function stateOf(client: string, own = right, folder = client): Promise<State> {
  const state = await register({
    plan: world.plan,
    client,
    model: await openModel(modelFile(own.model)),
    gradients: await openExampleGradients(gradientsFile(own.gradients), scope),
    damping: { relative },
    folder: world.path(`secret-${folder}`),
    jobs: 0,
  });
  if (folder === client) await world.enroll(state);
  return openState(state.folder);
}

/** All that a client sends, written as the commands write it. Proofs are left out: they are zero knowledge, and have one length for a circuit. */
async function send(state: State, answers = true): Promise<Sent> {
  const file = world.path(`${basename(state.folder)}.json`);
  await writeDocument(file, registrationDocument(state.registration));
  const files = [file];
  if (world.plan.keeps === 'leaves') {
    await sendLeaves(state, leavesFileOf(file));
    files.push(leavesFileOf(file));
  }
  if (answers) {
    const bundle = file.replace('.json', '.apex');
    await save(bundle, (await draft(state, window)).forged);
    files.push(bundle);
  }
  const own = new Map<string, Uint8Array>();
  for (const each of files) own.set(basename(each), await readFile(each));
  return own;
}

/** A registration that continues that of the state, and its link. The window is answered, as if all tiles had been proved. */
async function sendAnew(state: State, own = right): Promise<Sent> {
  const { answer } = await prepare({ folder: state.folder, window });
  await saveAnswer(await openState(state.folder), answer);
  const { registration } = state;
  const next = await register({
    plan: world.plan,
    client: registration.client,
    model: await openModel(modelFile(own.model)),
    gradients: await openExampleGradients(gradientsFile(own.gradients), scope),
    damping: { relative },
    window,
    replaces: state.folder,
    folder: `${state.folder}-anew`,
    jobs: 0,
  });
  const challenge: Challenge = {
    plan: planDigest(world.plan),
    registration: registrationDigest(next.registration),
    replaces: registrationDigest(registration),
    epoch: 2,
    window: windowDigest(window),
    commitments: answer.root,
    nonce: createHash('sha256').update(registration.client).digest('hex'),
  };
  const link = world.path(`${basename(next.folder)}.link`);
  const draft = await draftLink(next, challenge);
  await saveLink(link, draft.link);
  await closeDraft(draft);
  return new Map([...(await send(next, false)), [basename(link), await readFile(link)]]);
}

const textsOf = (json: Json | undefined): string[] =>
  [...valuesOf(json)].filter((value) => typeof value === 'string');

async function open(keeps: Keeps): Promise<void> {
  useNativePoseidon();
  world = await World.make({ keeps });
  for (let i = 0; i < count; i++) {
    if (i > 0) await writeWeights(modelFile(i), 300 + i);
    await writeGradients(gradientsFile(i), 500 + i);
  }
  ada = await stateOf('ada');
  twin = await stateOf('eve');
  other = await stateOf('bea', { model: 2, gradients: 1 });
  window = await world.window(spread);
  sent = new Map([...(await send(ada)), ...(await sendAnew(ada))]);
  const documents = [planDocument(world.plan), ...[...sent.values()].map(jsonOf)];
  const texts = [
    ...['', '0', '0'.repeat(64), 'ada', 'lethe'],
    ...documents.flatMap(textsOf),
    ...textsOf(registrationDocument(other.registration)),
  ];
  const known: Known = { plan: world.plan, texts: [...new Set(texts)], window, epoch: 1, relative };
  guesses = [];
  for (let i = 0; i < count; i++) {
    guesses.push(...(await ofModel(`model ${i}`, modelFile(i), known)));
    guesses.push(...(await ofGradients(`gradients ${i}`, gradientsFile(i), known)));
    for (let j = 0; j < count; j++) {
      // Who knows that both are wrong looks for neither.
      if (i !== right.model && j !== right.gradients) continue;
      const files = { model: modelFile(i), gradients: gradientsFile(j) };
      guesses.push(...(await ofPair(`model ${i} and gradients ${j}`, files, known)));
    }
  }
}

/** The values that are recognised, and where. */
function recognised(own: Sent): string[] {
  const views = new Views(own);
  const found = guesses.flatMap(({ what, pattern }) =>
    (typeof pattern === 'number' ? views.near(pattern) : views.showing(pattern)).map(
      (file) => `${what} in ${file}`,
    ),
  );
  return [...new Set(found)];
}

/** Models and gradients of which something is recognised. */
const candidates = (own: Sent): string[] =>
  [...new Set(recognised(own).map((each) => each.replace(/(:| in ).*/, '')))].sort();

describe.each(['root', 'leaves'] as const)('under a plan that keeps the %s', (keeps) => {
  beforeAll(() => open(keeps));
  afterAll(() => world.remove());

  test('no model and no data are recognised in registrations, leaves, bundle and link', () => {
    expect([...sent.keys()]).toEqual(
      keeps === 'root'
        ? [
            ...['secret-ada.json', 'secret-ada.apex'],
            ...['secret-ada-anew.json', 'secret-ada-anew.link'],
          ]
        : [
            ...['secret-ada.json', 'secret-ada.leaves', 'secret-ada.apex'],
            ...['secret-ada-anew.json', 'secret-ada-anew.leaves', 'secret-ada-anew.link'],
          ],
    );
    // There is much to look for.
    expect(guesses.length).toBeGreaterThan(20_000);
    expect(recognised(sent)).toEqual([]);
  });

  test('the same inputs give other documents: no field is the same but the public ones', async () => {
    const again = await send(await stateOf('ada', right, 'again'), false);
    const [one, two] = [fieldsOf(sent, 'secret-ada.json'), fieldsOf(again, 'secret-again.json')];
    expect(same(one, two)).toEqual([
      'client',
      'consent',
      'lethe',
      'plan',
      'replaces',
      'version',
      'window',
    ]);
    const elsewhere = new Map([...(await send(twin)), ...(await sendAnew(twin))]);
    const [mine, its] = [fieldsOf(sent, 'secret-ada.apex'), fieldsOf(elsewhere, 'secret-eve.apex')];
    expect(same(mine, its)).toEqual([
      'lethe',
      'log',
      'plan',
      'proved',
      'siblings',
      'tiles',
      'version',
      'window',
    ]);
    const links = [
      fieldsOf(sent, 'secret-ada-anew.link'),
      fieldsOf(elsewhere, 'secret-eve-anew.link'),
    ] as const;
    expect(same(...links)).toEqual([
      ...['lethe', 'log', 'newSiblings', 'oldSiblings', 'plan', 'tiles', 'version'],
    ]);
    // Leaves, siblings and commitments.
    const known = new Set(elementsOf(sent));
    expect(known.size).toBeGreaterThan(20);
    expect(elementsOf(elsewhere).filter((each) => known.has(each))).toEqual([]);
  });

  test('other inputs give documents of the same form: names, lengths and permissions', async () => {
    const inputs = { model: 2, gradients: 1 };
    const own = new Map([...(await send(other)), ...(await sendAnew(other, inputs))]);
    const form = (all: Sent, name: string): unknown[] =>
      [...all].map(([file, bytes]) => [
        file.replace(name, ''),
        shapeOf(jsonOf(bytes)),
        bytes.length - digitsIn(bytes),
      ]);
    expect(form(own, 'bea')).toEqual(form(sent, 'ada'));
    const modes = async (all: Sent): Promise<number[]> =>
      Promise.all([...all.keys()].map(async (file) => (await stat(world.path(file))).mode));
    expect(await modes(own)).toEqual(await modes(sent));
  });

  describe('the detector finds', () => {
    /** The documents with another field in the registration. */
    const withField = (name: string, value: Json): Sent => {
      const fields = fieldsOf(sent, 'secret-ada.json') as { readonly [key: string]: Json };
      const text = canonicalText({ ...fields, [name]: value });
      return new Map([...sent, ['secret-ada.json', Buffer.from(text)]]);
    };
    const withBytes = (bytes: Uint8Array): Sent =>
      new Map([...sent, ['secret-ada.apex', Buffer.concat([sent.get('secret-ada.apex')!, bytes])]]);
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    const hash = async (): Promise<string> => hashUnscoped(await openModel(modelFile(0)), scope);

    test('the digest of the unscoped tensors, plain or under a salt that is known', async () => {
      const plain = await hash();
      const salts = ['', '0'.repeat(64), world.plan.model, ada.registration.signer];
      for (const unscoped of [plain, ...salts.map((salt) => saltedUnscoped(plain, salt))])
        expect(candidates(withField('unscoped', unscoped)), unscoped).toEqual(['model 0']);
    });

    test('λ as a number, rounded, as bytes, and hashed', () => {
      const { damping } = ada;
      const bytes = Buffer.from(Float64Array.of(damping).buffer);
      const leaks = [
        withField('damping', damping),
        withField('damping', Number(damping.toPrecision(4))),
        withField('damping', bytes.toString('base64')),
        withField('damping', sha256(`${damping}`)),
        withField('damping', sha256(`${ada.registration.plan}\n${damping}`)),
        withBytes(bytes),
      ];
      for (const leak of leaks) expect(candidates(leak)).toEqual(['gradients 3']);
    });

    test('weights, and commitments without salts', () => {
      const own = guesses.filter(({ what }) => what.startsWith('model 0 and gradients 3'));
      for (const kind of ['weights', 'leaves', 'commitments']) {
        const kinds = own.filter(({ what }) => what.endsWith(kind));
        const { pattern } = kinds.at(-1)!;
        expect(candidates(withBytes(pattern as Uint8Array))).toContain('model 0 and gradients 3');
      }
      const leaf = own.find(({ what }) => what.endsWith('leaves'))!.pattern as Uint8Array;
      const decimal = Buffer.from(leaf).toString();
      expect(decimal).toMatch(/^\d+$/);
      expect(candidates(withField('root', decimal))).toEqual(['model 0 and gradients 3']);
    });
  });
});

const fieldsOf = (all: Sent, file: string): { readonly [key: string]: unknown } =>
  jsonOf(all.get(file)!) as { readonly [key: string]: unknown };

/** Names of fields that two documents have with the same value. */
const same = (
  one: { readonly [key: string]: unknown },
  two: { readonly [key: string]: unknown },
): string[] =>
  Object.keys(one)
    .filter((name) => one[name] === two[name])
    .sort();

/** All runs of 32 bytes in the leaves, and in a bundle or a link between its header and its proofs. */
function elementsOf(all: Sent): string[] {
  const found: string[] = [];
  for (const [file, bytes] of all) {
    if (file.endsWith('.json')) continue;
    const header = jsonOf(bytes);
    const start = header ? 16 + Buffer.from(bytes).readUInt32LE(12) : 0;
    const proofs = (header as { readonly tiles?: number } | undefined)?.tiles ?? 0;
    const end = bytes.length - (header ? proofs * (4 + proofOfNothing.length) + 64 : 0);
    expect(Number.isInteger((end - start) / 32), file).toBe(true);
    for (let at = start; at < end; at += 32)
      found.push(Buffer.from(bytes.subarray(at, at + 32)).toString('hex'));
  }
  return found;
}

/** Field elements are random, and so is the number of their digits. */
const isElement = (value: Json): boolean => typeof value === 'string' && /^\d{60,}$/.test(value);

/** Names and kinds of the fields of a document, and the lengths of its texts. */
function shapeOf(json: Json | undefined): unknown {
  if (typeof json !== 'object' || json === null)
    return isElement(json ?? null) ? 'element' : typeof json === 'string' ? json.length : json;
  return Object.entries(json).map(([name, each]) => [name, shapeOf(each as Json)]);
}

const digitsIn = (bytes: Uint8Array): number =>
  [...valuesOf(jsonOf(bytes))].reduce<number>(
    (sum, value) => sum + (isElement(value) ? `${value}`.length : 0),
    0,
  );
