// The zero test of circomlib: out = 1 − x i, x out = 0. The inverse i is free where x is 0.
import { linear, offset } from '../../../compiler/constraints/expression.ts';
import { inverse } from '../../../compiler/numbers/field.ts';
import { u } from '../../../dsl/index.ts';
import { lowerWith } from '../lower-with.ts';
import { suspicious } from '../right.ts';

export default suspicious({
  name: 'inverse-zero-test',
  suspicion: 'for x = 0 the inverse may be any number',
  because: 'x i is 0 then whatever i is, and out is 1; elsewhere x out = 0 makes out 0',
  circuit(c) {
    c.public('x', u(8, 0), [2], { exact: true }).isZero().expose('zero');
  },
  lowered: (right) =>
    lowerWith(right.build(), 'is-zero', ([xs], _, constraints) =>
      xs!.map((x, element) => {
        constraints.element(element);
        const [i] = constraints.advice(1, (read) => [read(x) === 0n ? 0n : inverse(read(x))]);
        const out = offset(linear([constraints.product(x, i!)], [-1n]), 1n);
        constraints.assertZero(constraints.product(x, out));
        return out;
      }),
    ),
  inputs: [{ x: [0, 9] }],
  spec: ({ x }) => ({ zero: x!.map((value) => Number(value === 0)) }),
});
