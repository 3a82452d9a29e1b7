// expose: makes a tensor an output, part of the public statement.
import { nothing } from '../ir/program.ts';
import { countArguments } from './shared/arguments.ts';
import { defineOp } from './op.ts';

type Attributes = { readonly name: string };

export const expose = defineOp<Attributes>({
  name: 'expose',
  attributes: { name: 'text' },
  effect: true,

  type(args) {
    countArguments('expose', args, 1);
    return nothing;
  },

  real: () => new Float64Array(),
  fixed: () => [],
  range: () => [],
  error: () => [],
  lower([x], { attributes: { name } }, constraints) {
    constraints.expose(name, x!);
    return [];
  },

  port: { output: ({ name }) => name },
});
