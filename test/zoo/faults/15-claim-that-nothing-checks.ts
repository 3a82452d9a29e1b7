// An output that nothing ties to its input: the author claims that it is near the hint's value.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, defineHint, q } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const clip = defineHint('zoo-clip', ([x]) => x!.map((v) => Math.max(-1, Math.min(1, v))));

const claimed = circuit('claimed', {}, (c) => {
  const x = c.public('x', q(24, 16), [2]);
  c.advice(clip, [x], q(18, 16), [2], { within: 2 ** -17 }).expose('y');
});

export default {
  row: 15,
  fault: 'a bound that the author declares and nothing checks',
  attack: 'names any number',
  net: 'assumptions',
  op: 'zoo-clip.within',
  build: () => compileCircuit(claimed),
} satisfies Specimen;
