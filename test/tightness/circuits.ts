// Every stdlib circuit and example whose outputs have a real meaning, and how its inputs are sampled. Commitments are
// exact; the values that they commit to are measured where they are not exposed.
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import type { Program } from '../../compiler/ir/program.ts';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { bit, circuit, q, u, type Unknown } from '../../dsl/index.ts';
import chosenFormats from '../../examples/chosen-formats.ts';
import clippedStep from '../../examples/clipped-step.ts';
import groupObsExample from '../../examples/group-obs.ts';
import rmsNorm from '../../examples/rms-norm.ts';
import selectiveDampening from '../../examples/selective-dampening.ts';
import type { Random } from '../../examples/unlearn-digits/random.ts';
import unlearnDigits from '../../examples/unlearn-digits/circuit.ts';
import { clearMasked, symmetric, triangleLength } from '../../stdlib/index.ts';
import { sampleCurvature } from './curvature.ts';
import { sampleFactor } from './factor.ts';
import { sampleInputs, type Style } from './samples.ts';
import { sampleClipped, sampleDampened, sampleNormed, sampleRoots } from './tasks.ts';

export interface Measured {
  readonly title: string;
  readonly circuit: AnyCircuit;
  readonly parameters?: Parameters;
  readonly sample: (program: Program, random: Random, style: Style) => BoundInputs;
}

const elementwise = circuit('elementwise', {}, (c) => {
  const [x, y] = [c.secret('x', q(16, 12), [4]), c.secret('y', q(16, 12), [4])];
  x.mul(y).sub(x).scale(0.3, { fraction: 8 }).rescale(q(24, 12)).expose('z');
});

const masking = circuit('clear-masked', {}, (c) => {
  const x = c.secret('x', q(24, 20), [8]);
  clearMasked(x, c.public('mask', bit, [8])).expose('cleared');
});

const product = circuit('symmetric-product', { size: 8 }, (c, { size }) => {
  const triangle = c.secret('triangle', q(24, 12), [1, triangleLength(size)]);
  const x = c.secret('x', q(24, 20), [1, size]);
  symmetric(triangle, { size }).contract('bij,bj->bi', x).rescale(q(40, 16)).expose('y');
});

const moment = circuit('second-moment', { examples: 8 }, (c, { examples }) => {
  const g = c.secret('g', q(16, 12), [examples, 4]);
  g.contract('ei,ej->ij', g).rescale(q(24, 12)).expose('moment');
});

const quotients = circuit('quotients', {}, (c) => {
  const [x, y] = [c.secret('x', q(16, 12), [4]), c.secret('y', u(14, 10), [4])];
  const positive = y.add(1);
  x.div(positive).expose('quotient');
  positive.rsqrt().expose('reciprocal-root');
});

const squareRoot = circuit('square-root', {}, (c) => {
  c.secret('x', u(16, 12), [4]).sqrt({ fraction: 12 }).expose('root');
});

/** 1 / √v, as the prover likes it. */
export const nearRoot = circuit('near-root', {}, (c) => {
  const v = c.secret('v', u(14, 10), [4], { exact: true }).add(1);
  const of = (x: Unknown): Unknown => x.mul(x).mul(v).sub(1);
  c.root({ of, format: u(20, 18), box: { low: 0.2, high: 1 }, tolerance: 2 ** -10 }).expose('r');
});

export const measured: readonly Measured[] = [
  { title: 'elementwise: 0.3 (x·y − x)', circuit: elementwise, sample: sampleInputs },
  { title: '`clearMasked`', circuit: masking, sample: sampleInputs },
  { title: '`symmetric`, times a vector', circuit: product, sample: sampleInputs },
  { title: 'second moments, a contraction', circuit: moment, sample: sampleInputs },
  {
    title: '`groupObsByFactor`: examples/group-obs',
    circuit: groupObsExample,
    sample: sampleFactor,
  },
  {
    title: '`groupObsByFactor`: examples/chosen-formats',
    circuit: chosenFormats,
    sample: sampleFactor,
  },
  {
    title: '`groupObs`: the demo, one block of 8',
    circuit: unlearnDigits,
    parameters: { blocks: 1 },
    sample: sampleCurvature,
  },
  { title: '`clip`: examples/clipped-step', circuit: clippedStep, sample: sampleClipped },
  {
    title: '`div`, `min`: examples/selective-dampening',
    circuit: selectiveDampening,
    sample: sampleDampened,
  },
  { title: '`div`, `rsqrt`', circuit: quotients, sample: sampleInputs },
  { title: '`sqrt`, down to 0', circuit: squareRoot, sample: sampleRoots },
  { title: '`c.root` within a tolerance', circuit: nearRoot, sample: sampleInputs },
  { title: '`rmsNorm`: examples/rms-norm', circuit: rmsNorm, sample: sampleNormed },
];
