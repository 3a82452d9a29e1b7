// Names that Noir would not take, and those that loops use.
import { expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower } from '../../../../../compiler/meanings/circuit.ts';
import { circuit, q } from '../../../../../dsl/index.ts';
import { compiledLater } from '../together.ts';

const odd = [
  'type',
  'in',
  'a-b',
  'a.b',
  'a_b',
  'fn',
  'main',
  'lethe',
  'Outputs',
  '_',
  'self',
  'u8',
];
const local = ['i', 'j', 'k', 'sum', 'b', 'positions', 'v1', 'at_least', 'Field', 'println'];
const compiled = lower(
  circuit('names', {}, (c) => {
    const scalars = odd.map((name) => c.secret(name, q(12, 0)));
    scalars.forEach((x, i) => x.expose(`out.${odd[i]!}`));
    const [first, ...rest] = local.map((name) => c.secret(name, q(12, 0), [2, 2]));
    const all = rest.reduce((sum, x) => sum.add(x), first!);
    const turned = rest[2]!.gather({ axis: 1, indices: [1, 0] });
    rest[3]!.contract('ib,bj->ij', turned).expose('product');
    all.expose('all');
  }).build(),
);
const noir = compiledLater({ circuit: compiled });

test('names of inputs and outputs are distinct identifiers, and no loop hides one', async () => {
  const { inputs } = noir().abi;
  expect(new Set(inputs.map(({ name }) => name)).size).toBe(odd.length + local.length);
  const fixed = new Map(
    inputs.map(({ of, type }, n) => [
      of,
      type.shape.length === 0 ? [BigInt(n)] : [1n, 2n, BigInt(n), 3n],
    ]),
  );
  const { values } = evaluateFixed(compiled.program, fixed);
  const tensors = new Map(values.map((value, line) => [line, value!]));
  const result = await noir().execute(tensors);
  for (const { line } of noir().abi.outputs) expect(result!.get(line)).toEqual(tensors.get(line));
});
