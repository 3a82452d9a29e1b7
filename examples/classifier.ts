// A classifier of two layers with ReLU between them: the label of a public input under secret weights and biases.
// The label is the position of the largest logit, of equal ones the first. A commitment binds each layer.
import { circuit, concat, field, q, tensor, type Tensor } from 'lethe';
import { commit } from 'lethe/stdlib';

const sizes = { inputs: 8, hidden: 6, classes: 4 };

export default circuit('classifier', sizes, (c, { inputs, hidden, classes }) => {
  const x = c.public('x', q(12, 8), [inputs]);
  const w1 = c.secret('w1', q(12, 10), [hidden, inputs]);
  const b1 = c.secret('b1', q(12, 8), [hidden]);
  const w2 = c.secret('w2', q(12, 10), [classes, hidden]);
  const b2 = c.secret('b2', q(12, 8), [classes]);
  const salts = c.secret('salts', field, [1, 2]);

  const y = tensor`y[h] = sum[i] ${w1}[h,i] * ${x}[i] + ${b1}[h]`.rescale(q(20, 8)).relu();
  const logits = tensor`l[k] = sum[h] ${w2}[k,h] * ${y}[h] + ${b2}[k]`.rescale(q(20, 8));
  logits.argmax().index.expose('label');

  const row = (v: Tensor, length: number) =>
    v.align({ fraction: 10 }).rescale(q(14, 10)).reshape([1, length]);
  const layers = [
    concat([row(w1, hidden * inputs), row(b1, hidden)], { axis: 1 }),
    concat([row(w2, classes * hidden), row(b2, classes)], { axis: 1 }),
  ];
  layers.forEach((layer, i) => {
    const salt = salts.slice({ axis: 1, start: i, end: i + 1 });
    commit(layer, { salts: salt }).expose(`layer-${i + 1}`);
  });
});
