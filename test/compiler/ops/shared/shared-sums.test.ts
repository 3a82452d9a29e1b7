// What a contraction by signed limbs costs: their offset is paid for in shared sums, not for each of them.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { countRows } from '../../../../compiler/constraints/rows.ts';
import { circuit, q, u } from '../../../../dsl/index.ts';
import { triangleLength, upperTriangular } from '../../../../stdlib/index.ts';

const size = 8;

/** Generic rows of y = Rᵀx or R x for a triangular R of limbs, signed or not. */
function rows(format: ReturnType<typeof q>, subscripts: string): number {
  const own = circuit('product', {}, (c) => {
    const words = c.secret('words', u(64, 0), [1, 9]);
    const triangle = words.unpack({ format, length: triangleLength(size) });
    const x = c.secret('x', q(24, 12), [1, size]);
    upperTriangular(triangle, { size }).contract(subscripts, x).expose('y');
  });
  return countRows(compileCircuit(own).system).Generic;
}

test.each(['bij,bj->bi', 'bji,bj->bi'])('%s: a triangle of signed limbs', (subscripts) => {
  const more = rows(q(12, 7), subscripts) - rows(u(12, 7), subscripts);
  // Seven sums, one made from the other, and eight elements with one more term; the one with a single limb shifts it. In
  // half rows; 36 limbs would cost 18 rows.
  expect(more).toBeLessThanOrEqual(8);
});
