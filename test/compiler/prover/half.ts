// Half of small numbers, by advice: a circuit as small as proofs allow, with a hint of its own.
import { compileProgram } from '../../../compiler/compile.ts';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import './halving.ts';

/** Needs the hint of `halving`. */
export const halving = new URL('./halving.ts', import.meta.url).href;

export const half = compileProgram(
  parse(`circuit half
  secret x : q12.4[2]
  public bound : q12.4[2]
  %2 = advice x hint="prover-test-half" : q12.4[2]
  %3 = add %2 %2 : q13.4[2]
  %4 = sub %3 x : q14.4[2]
  assert-zero %4
  %6 = sub bound x : q13.4[2]
  %7 = assert-within %6 low=0 high=100 : q13.4[2]
  expose %2 name="half"
`),
);

/** Tile t: x = (2t, 2t + 2), half = (t, t + 1). Its witness is refused where x is more than `bound`. */
export const halfInputs = (tile: number, bound = 60): InputValues =>
  new Map([
    ['x', [BigInt(2 * tile), BigInt(2 * tile + 2)]],
    ['bound', [BigInt(bound), BigInt(bound)]],
  ]);
