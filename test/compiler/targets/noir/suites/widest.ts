// The widest formats that an op takes over BN254's field, at their ends, where equations of the field are next to wrapping around.
import { expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { bit, circuit, q, u, type CircuitBuilder } from '../../../../../dsl/index.ts';
import { everyInput, oneLine } from '../small.ts';
import { compiledLater } from '../together.ts';

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  lower(circuit('widest', {}, describeIt).build());

const widest: readonly (readonly [string, LoweredProgram])[] = [
  ['at-least', oneLine('at-least', [u(252, 0), u(252, 0)])],
  ['max', oneLine('max', [u(251, 0), q(252, 0)])],
  ['is-zero', oneLine('is-zero', [q(252, 0)])],
  ['bits', oneLine('bits', [u(252, 0)], { count: 252 })],
  ['bits of a signed one', oneLine('bits', [q(252, 0)], { count: 251 })],
  ['top-k', oneLine('top-k', [q(251, 0)], { k: 1 }, [2])],
  ['div-mod', oneLine('div-mod', [q(203, 0), u(50, 0)])],
  ['div-mod by a bit', oneLine('div-mod', [u(252, 0), bit])],
  [
    'root',
    build((c) => {
      const [x, y] = [c.secret('x', q(210, 0)), c.secret('y', u(40, 0))];
      x.div(y.add(1), { format: q(211, 0) }).expose('q');
    }),
  ],
  [
    'root, a square',
    build((c) =>
      c
        .secret('x', u(250, 0))
        .sqrt({ format: u(126, 0) })
        .expose('r'),
    ),
  ],
];

/** The ends, what is next to them, and what is next to 0. */
const edges = (low: bigint, high: bigint): bigint[] =>
  [...new Set([low, low + 1n, -1n, 0n, 1n, high - 1n, high])].filter((x) => x >= low && x <= high);

test.each(widest.map(([name, circuit]) => [name, compiledLater({ circuit })] as const))(
  '%s of the widest integers',
  async (_, noir) => {
    const { circuit, abi, execute } = noir();
    const { line } = abi.outputs[0]!;
    for (const input of everyInput(abi, edges)) {
      const { values, findings } = evaluateFixed(circuit.program, input.named);
      const expected = findings.length === 0 ? values[line] : undefined;
      expect((await execute(input.tensors))?.get(line), input.text).toEqual(expected);
    }
  },
);
