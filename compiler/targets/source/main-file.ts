// main.ts: proves and verifies from a JSON file of inputs.
import type { PackageFacts } from './package-facts.ts';

export function mainFile({ kind, title }: PackageFacts): string {
  const isFunction = kind === 'function';
  return `// Proves ${title} on the tensors of a JSON file, verifies the proof, and writes it:
//   node dist/main.js INPUTS.json [PROOF.json]
import { readFile, writeFile } from 'node:fs/promises';
import { fromJson } from './inputs.js';
${isFunction ? "import { renderProofFile } from './lib/prover/proof-file.js';\n" : ''}import { prove, verify } from './program.js';

async function main([inputsFile, proofFile = 'proof.json']: readonly string[]): Promise<void> {
  if (inputsFile === undefined) throw new Error('usage: node dist/main.js INPUTS.json [PROOF.json]');
  const inputs = fromJson(await readFile(inputsFile, 'utf8'), inputsFile);
  const proof = await prove(inputs);
  if (!(await verify(proof))) throw new Error('the proof does not verify');
  await writeFile(proofFile, ${isFunction ? 'renderProofFile(proof)' : '`${JSON.stringify(proof.toJSON())}\\n`'});
  console.log(\`proved and verified; the proof is in \${proofFile}\`);
}

// o1js's threads would keep the process alive.
main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
`;
}
