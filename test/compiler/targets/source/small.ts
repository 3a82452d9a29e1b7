// A small circuit with every kind of gate, its inputs, and both ways to write it out.
import { compileCircuit } from '../../../../compiler/compile.ts';
import { bit, circuit, field, q } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';

export const small = compileCircuit(
  circuit('small', { size: 2 }, (c, { size }) => {
    const x = c.secret('x', q(12, 4), [size]);
    const mask = c.public('mask', bit, [size]);
    const y = mask.select(0, x.mul(x)).rescale(q(16, 4));
    commit(y, { salts: c.secret('salt', field, [1]) }).expose('commitment');
    y.expose('y');
  }),
);

export const smallInputs = { x: [-1.5, 1.0625], mask: [0, 1], salt: [12345n] } as const;

/** As a file, in which field elements are strings of digits. */
export const smallInputsFile = JSON.stringify({ ...smallInputs, salt: ['12345'] });
