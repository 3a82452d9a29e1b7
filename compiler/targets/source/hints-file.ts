// hints.ts: a place for each hint and each function that the author of the circuit defined himself. Their code is not in the program; the
// constraints do not depend on it.
import { authorFunction } from '../../functions/registry.ts';
import type { PackageFacts } from './package-facts.ts';

export function hintsFile({ hints, functions }: PackageFacts): string {
  return [
    "// Code of the circuit's author, which is no part of the program: hints, by which an honest prover computes what the circuit lets",
    '// him choose, and functions that polynomials stand for. Write it here. The constraints do not depend on it.',
    ...(hints.length > 0 ? ["import { defineHint } from './lib/ops/shared/hints.js';"] : []),
    ...(functions.length > 0
      ? ["import { defineFunction } from './lib/functions/registry.js';"]
      : []),
    ...hints.map(
      (hint) => `
/** Flat float64 tensors in, the flat float64 tensor of the type \`result\` out. */
defineHint(${JSON.stringify(hint)}, (_args, _result) => {
  throw new Error(${JSON.stringify(`hints.ts: the hint "${hint}" is to be written`)});
});`,
    ),
    ...functions.map(
      (name) => `
/** The function itself, in float64, and bounds of its derivatives. */
defineFunction(${JSON.stringify(name)}, {
  at: (_x) => {
    throw new Error(${JSON.stringify(`hints.ts: the function "${name}" is to be written`)});
  },
  derivatives: [${(authorFunction(name)?.derivatives ?? []).join(', ')}],
});`,
    ),
  ].join('\n');
}
