// All primitives, by name.
import { fail } from '../diagnostics/diagnostic.ts';
import type { Op } from './op.ts';
import { add } from './add.ts';
import { advice } from './advice.ts';
import { assertAccurate } from './assert-accurate.ts';
import { assertResidual } from './assert-residual.ts';
import { assertWithin } from './assert-within.ts';
import { assertZero } from './assert-zero.ts';
import { assume } from './assume.ts';
import { atLeast } from './at-least.ts';
import { bits } from './bits.ts';
import { divMod } from './div-mod.ts';
import { isZero } from './is-zero.ts';
import { abs } from './abs.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { topK } from './top-k.ts';
import { compress } from './compress.ts';
import { concat } from './concat.ts';
import { constant } from './constant.ts';
import { contract } from './contract.ts';
import { expose } from './expose.ts';
import { gather } from './gather.ts';
import { hash } from './hash.ts';
import { input } from './input.ts';
import { mul } from './mul.ts';
import { pack } from './pack.ts';
import { piecewise } from './piecewise.ts';
import { reduceSum } from './reduce-sum.ts';
import { rescale } from './rescale.ts';
import { nearRoot } from './near-root.ts';
import { root } from './root.ts';
import { reshape } from './reshape.ts';
import { scale } from './scale.ts';
import { select } from './select.ts';
import { slice } from './slice.ts';
import { solveGram } from './solve-gram.ts';
import { solve } from './solve.ts';
import { sub } from './sub.ts';
import { take } from './take.ts';
import { transpose } from './transpose.ts';
import { unpack } from './unpack.ts';

const all: readonly Op[] = [
  input,
  constant,
  advice,
  add,
  sub,
  scale,
  mul,
  select,
  atLeast,
  isZero,
  max,
  min,
  abs,
  topK,
  divMod,
  root,
  nearRoot,
  bits,
  contract,
  reduceSum,
  reshape,
  transpose,
  slice,
  concat,
  gather,
  take,
  rescale,
  piecewise,
  solve,
  solveGram,
  assertZero,
  assertWithin,
  assertResidual,
  assertAccurate,
  assume,
  pack,
  unpack,
  hash,
  compress,
  expose,
];

export const ops: ReadonlyMap<string, Op> = new Map(all.map((op) => [op.name, op]));

/** Throws `unknown-op`. */
export function findOp(name: string): Op {
  return (
    ops.get(name) ??
    fail('unknown-op', `no op is called "${name}"`, `known: ${[...ops.keys()].join(', ')}`)
  );
}
