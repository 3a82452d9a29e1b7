// How each op is written in Noir, by name. They stand here and not in the ops' records, which know no target; a test
// holds that every op is here or among the refusals.
import type { NoirOp } from '../line.ts';
import { add, contract, mul, reduceSum, scale, select, sub } from './arithmetic.ts';
import {
  assertAccurate,
  assertResidual,
  assertWithin,
  assertZero,
  assume,
  expose,
} from './assertions.ts';
import { abs, atLeast, isZero, max, min } from './comparisons.ts';
import { bits } from './bits.ts';
import { divMod } from './div-mod.ts';
import { concat, gather, reshape, slice, take, transpose } from './movements.ts';
import { piecewise } from './piecewise.ts';
import { rescale } from './rescale.ts';
import { nearRoot, root } from './roots.ts';
import { solve, solveGram } from './solutions.ts';
import { topK } from './top-k.ts';
import { advice, constant, input } from './values.ts';

export const noirOps: ReadonlyMap<string, NoirOp> = new Map([
  ['input', input],
  ['constant', constant],
  ['advice', advice],
  ['add', add],
  ['sub', sub],
  ['scale', scale],
  ['mul', mul],
  ['select', select],
  ['at-least', atLeast],
  ['is-zero', isZero],
  ['max', max],
  ['min', min],
  ['abs', abs],
  ['bits', bits],
  ['top-k', topK],
  ['div-mod', divMod],
  ['root', root],
  ['near-root', nearRoot],
  ['contract', contract],
  ['reduce-sum', reduceSum],
  ['reshape', reshape],
  ['transpose', transpose],
  ['slice', slice],
  ['concat', concat],
  ['gather', gather],
  ['take', take],
  ['rescale', rescale],
  ['piecewise', piecewise],
  ['solve', solve],
  ['solve-gram', solveGram],
  ['assert-zero', assertZero],
  ['assert-within', assertWithin],
  ['assert-residual', assertResidual],
  ['assert-accurate', assertAccurate],
  ['assume', assume],
  ['expose', expose],
]);
