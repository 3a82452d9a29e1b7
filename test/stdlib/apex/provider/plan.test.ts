// Plans over a θ_0 that had a plan before: what was masked under it is dead, wherever its positions are now.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  deadPositions,
  livePositions,
  parsePlan,
  planDigest,
  planDocument,
  positionsOf,
  type Plan,
} from '../../../../stdlib/apex/documents/index.ts';
import type { Scope } from '../../../../stdlib/apex/model/index.ts';
import { checkKnownPlans, checkNotFollowed } from '../../../../stdlib/apex/provider/known-plans.ts';
import { movedPositions } from '../../../../stdlib/apex/provider/moved-positions.ts';
import type { Provider } from '../../../../stdlib/apex/provider/folder.ts';
import { codeOf } from '../codes.ts';
import { scope } from '../documents/samples.ts';
import { Desk, Street } from './desk.ts';

const [first, second] = scope.tensors;
/** The other order, other blocks, and `second` as its transpose. */
const turned: Scope = {
  blockSize: 3,
  tensors: [{ ...second!, orientation: 'out-in' }, first!],
};
const onlySecond: Scope = { blockSize: 5, tensors: [second!] };

let street: Street;
let old: Provider;
let lastDigest: string;
beforeAll(async () => {
  street = await Street.make();
  old = await street.provider('old');
  const desk = await Desk.open(old);
  // 6 and 29 of `first`; of `second`, stored as [5, 4] and read as [4, 5], the places 0, 7 and 19.
  await desk.issue([6, 30]);
  lastDigest = (await desk.issue([29, 37, 49])).digest;
  await desk.close();
});
afterAll(() => street.remove());

const deadOf = ({ predecessor }: Plan): number[] => [...positionsOf(predecessor!.dead)];

describe('a known θ_0', () => {
  test('is refused without the plan before it', async () => {
    expect(await codeOf(() => street.provider('new'))).toBe('known-model');
    expect(await codeOf(() => street.provider('new', { scope: onlySecond }))).toBe('known-model');
  });

  test('other models are free', async () => {
    const { plan } = await street.provider('other', { seed: 2 });
    expect(plan.predecessor).toBeUndefined();
    const wrong = street.provider('wrong', { seed: 3, predecessor: street.path('other') });
    expect(await codeOf(() => wrong)).toBe('bad-predecessor');
    const none = street.provider('none', { predecessor: street.path('nowhere') });
    expect(await codeOf(() => none)).toBe('no-provider');
  });

  test('under a plan of an older version of Lethe is known as well', async () => {
    const { plan } = await street.provider('sixth', { seed: 6 });
    await rm(street.path('sixth'), { recursive: true });
    await mkdir(street.path('ancient'));
    const document = { ...(planDocument(plan) as object), version: 1 };
    await writeFile(join(street.path('ancient'), 'plan.json'), JSON.stringify(document));
    expect(await codeOf(() => street.provider('seventh', { seed: 6 }))).toBe('known-model');
    await rm(street.path('ancient'), { recursive: true });
    await street.provider('seventh', { seed: 6 });
  });
});

describe('positions of the old plan in the new one', () => {
  const moved = (to: Scope, tensors = ['first', 'second']): number[] => {
    const positions = Uint32Array.of(6, 29, 30, 37, 49);
    const own = movedPositions(scope, to, { positions, tensors: new Set(tensors) });
    return [...own].sort((a, b) => a - b);
  };

  test('the same scope, or other blocks: the same', () => {
    expect(moved(scope)).toEqual([6, 29, 30, 37, 49]);
    expect(moved({ ...scope, blockSize: 7 })).toEqual([6, 29, 30, 37, 49]);
  });

  test('another order and a transpose', () => {
    // Place (o, i) of [4, 5] is (i, o) of [5, 4]: 0 stays, 7 = (1, 2) is 9, 19 stays; `first` comes after these 20.
    expect(moved(turned)).toEqual([0, 9, 19, 26, 49]);
  });

  test('fewer tensors, and some of them', () => {
    expect(moved(onlySecond)).toEqual([0, 7, 19]);
    expect(moved(scope, ['first'])).toEqual([6, 29]);
    expect(moved(scope, [])).toEqual([]);
  });
});

test('what was masked under all plans before is dead, for every registration', async () => {
  // A tensor that a plan in between lacks is looked up in the plan before that.
  const between = await street.provider('between', { scope: onlySecond, predecessor: old.folder });
  expect(deadOf(between.plan)).toEqual([0, 7, 19]);
  const latest = await street.provider('latest', { predecessor: between.folder });
  const { plan } = latest;
  expect(plan.predecessor).toMatchObject({ plan: planDigest(between.plan), window: null });
  expect(deadOf(plan)).toEqual([6, 29, 30, 37, 49]);
  expect(between.plan.predecessor).toMatchObject({
    plan: planDigest(old.plan),
    window: lastDigest,
  });
  expect(parsePlan(JSON.stringify(planDocument(plan)), 'file')).toEqual(plan);
  const history = { positions: Uint32Array.of(5, 6), epochs: Uint32Array.of(1, 2) };
  expect([...livePositions(plan, history, 1)]).toEqual([5]);
  expect([...deadPositions(plan, history, 2)]).toEqual([5, 6, 29, 30, 37, 49]);
  // Later windows belong to the last plan of the chain.
  const codes = [old, between, latest].map(({ folder, plan: own }) =>
    codeOf(() => checkNotFollowed(folder, own)),
  );
  expect(await Promise.all(codes)).toEqual(['followed-plan', 'followed-plan', 'none']);
  // Elsewhere, without the first of the chain, nobody knows what was masked there.
  await mkdir(street.path('elsewhere'));
  await cp(between.folder, street.path('elsewhere/between'), { recursive: true });
  const lost = street.provider('elsewhere/new', { predecessor: street.path('elsewhere/between') });
  expect(await codeOf(() => lost)).toBe('no-predecessor');
  // A plan that follows the first one, and not the one in between.
  await expect(
    checkKnownPlans(street.path('new'), {
      ...plan,
      predecessor: { ...plan.predecessor!, plan: planDigest(old.plan) },
    }),
  ).rejects.toMatchObject({ diagnostics: [{ code: 'known-model' }] });
});
