// hints.ts: a place for each hint that the author of the circuit defined himself. Its code is not in the program; the
// constraints do not depend on it.
import type { PackageFacts } from './package-facts.ts';

export function hintsFile({ hints }: PackageFacts): string {
  return [
    '// How an honest prover computes what the circuit lets him choose. These functions belong to the author of the circuit',
    '// and are not part of the program: write them here. The constraints do not depend on them.',
    "import { defineHint } from './lib/ops/shared/hints.js';",
    ...hints.map(
      (hint) => `
/** Flat float64 tensors in, the flat float64 tensor of the type \`result\` out. */
defineHint(${JSON.stringify(hint)}, (_args, _result) => {
  throw new Error(${JSON.stringify(`hints.ts: the hint "${hint}" is to be written`)});
});`,
    ),
  ].join('\n');
}
