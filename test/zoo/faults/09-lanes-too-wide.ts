// A packed public value is opened into lanes of 13 bits at a distance of 12: one lane pays for its neighbour.
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, concat, defineHint, u } from '../../../dsl/index.ts';
import type { Specimen } from '../specimen.ts';

const low = defineHint('zoo-low', ([x]) => x!.map((value) => value % 4096));
const high = defineHint('zoo-high', ([x]) => x!.map((value) => Math.floor(value / 4096)));

const opened = circuit('opened', {}, (c) => {
  const packed = c.public('packed', u(24, 0), [1]);
  const lanes = [c.advice(low, [packed], u(13, 0), [1]), c.advice(high, [packed], u(13, 0), [1])];
  const [first, second] = lanes as [(typeof lanes)[0], (typeof lanes)[0]];
  first
    .add(second.scale(4096, { fraction: 0 }))
    .sub(packed)
    .assertZero();
  concat(lanes, { axis: 0 }).expose('lanes');
});

export default {
  row: 9,
  fault: 'lanes of a packed value overflow into their neighbours',
  attack: 'moves 4096 from one lane to its neighbour',
  net: 'determinism',
  op: 'advice',
  build: () => compileCircuit(opened),
} satisfies Specimen;
