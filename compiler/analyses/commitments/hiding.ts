// Digests in the open that hide nothing. Quantized weights can be guessed, and whoever guesses them has opened the commitment,
// unless a salt was hashed with them: secret, uniform, and in no other hash.
//
// The analysis reads the gates, element by element. What was hashed into a public digest are the leaves behind its permutations.
// A verifier can compute the closure of the public values under the constraints, where hashes are computed forwards.
import type { Variable } from '../../constraints/expression.ts';
import { publicVariables } from '../../constraints/system.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isOpaque } from '../../ir/format.ts';
import { indexAt, renderShape } from '../../ir/shape.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { portsOf } from '../../program/ports.ts';
import { describeLine } from '../../program/print.ts';
import { Determination } from '../determinism/determination.ts';
import { HashTree } from './hash-tree.ts';
import { hides, saltsIn, type Salt } from './salts.ts';

/** One finding for each output with a digest that does not hide what is secret. */
export function findUnhidden(circuit: LoweredProgram): Diagnostic[] {
  const { program, system } = circuit;
  const outputs = portsOf(program).filter(
    ({ direction, type }) => direction === 'output' && isOpaque(type.format),
  );
  if (outputs.length === 0) return [];
  const tree = new HashTree(system);
  const computable = new Determination(system, { start: publicVariables(system) });
  computable.settle();
  const isSecret = (variable: Variable): boolean => !computable.isKnown(variable);
  const salts = saltsIn(circuit);
  return outputs.flatMap(({ name, type, line }) => {
    const { variables } = system.ports.find((port) => port.name === name)!;
    for (const [element, digest] of variables.entries()) {
      const leaves = tree.leavesOf(digest);
      const own = [...leaves].flatMap((leaf) => salts.get(leaf) ?? []);
      const [single, words] = partition(own, (salt) => hides([salt]));
      const salted = new Set(hides(words) ? own : single);
      if (![...leaves].some((leaf) => isSecret(leaf) && !salted.has(salts.get(leaf)!))) continue;
      const hidden = own.filter(({ variable }) => isSecret(variable));
      const fresh = hidden.filter(({ variable }) => tree.usesOf(variable) === 1);
      if (hides(fresh)) continue;
      const index =
        type.shape.length > 0 ? `, element ${renderShape(indexAt(type.shape, element))},` : '';
      const finding = fault(`the output "${name}"${index} commits to secret values`, own, hidden);
      const { where } = program.lines[line]!;
      const message = `${finding.message}, in \`${describeLine(program, line)}\``;
      return [{ ...finding, message, ...(where ? { where } : {}) }];
    }
    return [];
  });
}

function partition<T>(all: readonly T[], belongs: (each: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const each of all) (belongs(each) ? yes : no).push(each);
  return [yes, no];
}

function fault(subject: string, own: readonly Salt[], hidden: readonly Salt[]): Diagnostic {
  const names = (salts: readonly Salt[]): string =>
    [...new Set(salts.map(({ input }) => `"${input}"`))].join(', ');
  if (hides(hidden))
    return {
      code: 'reused-salt',
      message: `${subject} with a salt of ${names(hidden)} that is hashed with something else, too`,
      hint: 'give each hash an element of its own: equal values would show, and one guess would be tried on all',
    };
  if (hides(own))
    return {
      code: 'exposed-salt',
      message: `${subject} with a salt of ${names(own)} that the public values give away`,
      hint: 'keep the salt secret: who knows it can try values until the digest fits',
    };
  return {
    code: 'unsalted-commitment',
    message: `${subject} without a secret salt`,
    hint: 'hash a secret, uniform field element with it: commit(values, { salts })',
  };
}
