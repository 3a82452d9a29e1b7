// main.ts: proves and verifies from a JSON file of inputs, or verifies a proof file.
import type { PackageFacts } from './package-facts.ts';

export function mainFile({ kind, title }: PackageFacts): string {
  const isFunction = kind === 'function';
  return `// Proves ${title} on the tensors of a JSON file, verifies the proof, and writes it; or verifies a proof that was written:
//   node dist/main.js INPUTS.json [PROOF.json]
//   node dist/main.js verify PROOF.json
import { writeFile } from 'node:fs/promises';
import { fromJson, inputLimits } from './inputs.js';
${isFunction ? '' : "import type { JsonProof } from 'o1js';\nimport { parseJson } from './lib/files/json.js';\n"}import { readText } from './lib/files/read-file.js';
import { ${isFunction ? 'parseProofFile, proofFileLimits, renderProofFile' : 'proofFileLimits'} } from './lib/prover/proof-file.js';
import { ${isFunction ? '' : 'Proof, '}prove, statementIn, verify } from './program.js';
import { renderStatement } from './statement.js';

async function main([first, proofFile = 'proof.json']: readonly string[]): Promise<void> {
  if (first === undefined) throw new Error('usage: node dist/main.js INPUTS.json [PROOF.json], or verify PROOF.json');
  return first === 'verify' ? verifyFile(proofFile) : proveInputs(first, proofFile);
}

async function proveInputs(inputsFile: string, proofFile: string): Promise<void> {
  const inputs = fromJson(await readText(inputsFile, inputLimits), inputsFile);
  const proof = await prove(inputs);
  if (!(await verify(proof))) throw new Error('the proof does not verify');
  await writeFile(proofFile, ${isFunction ? 'renderProofFile(proof)' : '`${JSON.stringify(proof.toJSON())}\\n`'});
  console.log(\`proved and verified; the proof is in \${proofFile}. It says:\\n\${renderStatement(statementIn(proof))}\`);
}

async function verifyFile(proofFile: string): Promise<void> {
  const text = await readText(proofFile, proofFileLimits());
  const proof = ${isFunction ? 'parseProofFile(text, proofFile)' : 'await Proof.fromJSON(parseJson(text, { file: proofFile, ...proofFileLimits() }) as JsonProof)'};
  if (!(await verify(proof))) throw new Error(\`\${proofFile} does not verify\`);
  console.log(\`\${proofFile} verifies. It says:\\n\${renderStatement(statementIn(proof))}\`);
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
