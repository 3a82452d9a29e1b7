// assume: the author accepts an assumption by name, and says why. It asserts nothing and costs nothing: reports show the
// assumption with the reason in place of asking for it (`analyses/assumptions/`).
import { fail } from '../diagnostics/diagnostic.ts';
import { nothing } from '../ir/program.ts';
import { countArguments } from './shared/arguments.ts';
import { defineOp } from './op.ts';

type Attributes = { readonly name: string; readonly reason: string };

export const assume = defineOp<Attributes>({
  name: 'assume',
  attributes: { name: 'text', reason: 'text' },
  effect: true,

  type(args, { name, reason }) {
    countArguments('assume', args, 0);
    if (reason.trim() === '')
      fail(
        'no-reason',
        `assume "${name}": no reason is given`,
        'say why it holds where this circuit is used; reports print it',
      );
    return nothing;
  },

  real: () => new Float64Array(),
  fixed: () => [],
  range: () => [],
  error: () => [],
  lower: () => [],
  port: { accepts: ({ name, reason }) => ({ name, reason }) },
});
