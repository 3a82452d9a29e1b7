// statement.ts: what a proof of the circuit says, for people: its public tensors, and what no constraint proves.
import { analyzeAssumptions, type Assumption } from '../../analyses/assumptions/assumptions.ts';
import type { PackageFacts } from './package-facts.ts';

export function statementFile({ circuit }: PackageFacts): string {
  const lines = analyzeAssumptions(circuit).assumptions.map((each) =>
    JSON.stringify(inWords(each)),
  );
  return `// What a proof of this circuit says: its public tensors, and what it rests on.
import { program } from './circuit.js';
import { renderTensor } from './lib/inputs/render.js';
import { publicPortsOf } from './lib/program/ports.js';
import type { Statement } from './lib/prover/statement.js';

/** Assumptions that no constraint proves. A proof says nothing of them. */
export const assumptions: readonly string[] = [${lines.join(', ')}];

/** One line for each public tensor, with its real values, and for each assumption. */
export function renderStatement(statement: Statement): string {
  const tensors = publicPortsOf(program).map(
    ({ name, type }) => \`  \${name} = \${JSON.stringify(renderTensor(type, statement.get(name)!))}\`,
  );
  return [...assumptions.map((each) => \`  assumes \${each}\`), ...tensors].join('\\n');
}
`;
}

const inWords = ({ name, says, accepted }: Assumption): string =>
  `${name}: ${says} (${accepted === undefined ? 'open' : `accepted: ${accepted}`})`;
