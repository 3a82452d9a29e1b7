// program.ts: the circuit in o1js, as a ZkFunction or a ZkProgram, and how inputs are proved with it.
import { publicPortsOf } from '../../program/ports.ts';
import { renderType } from '../../ir/program.ts';
import type { PackageFacts } from './package-facts.ts';

export function programFile(facts: PackageFacts): string {
  return facts.kind === 'function' ? functionFile(facts) : programOfPickles(facts);
}

function functionFile(facts: PackageFacts): string {
  return `// ${facts.title} as an o1js ZkFunction: kimchi alone, ${facts.rows} rows.
import { circuit, program } from './circuit.js';
import { systemDigest } from './lib/constraints/digest.js';
import type { BoundInputs } from './lib/inputs/bind.js';
import { compile, verify as verifyClaim, type Prover } from './lib/kimchi/prover.js';
import { zkFunction } from './lib/kimchi/zk-function.js';
import { publicInputOfFile, type ProofFile } from './lib/prover/proof-file.js';
import { statementOf, type Statement } from './lib/prover/statement.js';
import { honestWitness } from './lib/runtime/witness.js';

${publicInputDoc(facts)}
export const zk = zkFunction(program.name, circuit.system);

${digestOf(facts)}

let prover: Promise<Prover> | undefined;

/** Compiles the circuit, once: seconds to a minute. */
export const compiled = (): Promise<Prover> =>
  (prover ??= compile(program.name, circuit.system, zk));

/** Throws where the inputs break an assertion, with the operation and the element. */
export async function prove(inputs: BoundInputs): Promise<ProofFile> {
  const { values } = honestWitness(circuit, inputs.fixed);
  const proof = await (await compiled()).prove(values);
  const statement = statementOf(circuit, values);
  return { circuit: program.name, parameters: program.parameters, digest, statement, proof };
}

/** The public tensors of a proof, by name. */
export const statementIn = ({ statement }: ProofFile): Statement => statement;

/** Checks every public value of the file against its format, then the proof. Throws for what is no proof at all. */
export async function verify(file: ProofFile): Promise<boolean> {
  const publicInput = publicInputOfFile(file, circuit);
  const { verificationKey: key } = await compiled();
  return verifyClaim({ key, system: circuit.system, publicInput, proof: file.proof });
}
`;
}

function programOfPickles(facts: PackageFacts): string {
  return `// ${facts.title} as an o1js ZkProgram: Pickles, ${facts.rows} rows in its one method.
import { Field, Unconstrained, ZkProgram } from 'o1js';
import { circuit, program } from './circuit.js';
import { systemDigest } from './lib/constraints/digest.js';
import type { BoundInputs } from './lib/inputs/bind.js';
import { prepareBackend } from './lib/kimchi/backend.js';
import { proveMethod, publicInputType } from './lib/kimchi/zk-program.js';
import { statementFrom } from './lib/prover/public-input.js';
import type { Statement } from './lib/prover/statement.js';
import { honestWitness } from './lib/runtime/witness.js';

${publicInputDoc(facts)}
export const zk = ZkProgram({
  name: program.name,
  publicInput: publicInputType(circuit.system),
  methods: { prove: proveMethod(circuit.system) },
});

export class Proof extends ZkProgram.Proof(zk) {}

${digestOf(facts)}

let ready: Promise<unknown> | undefined;

/** Compiles the circuit, once: a minute or more. */
export const compiled = (): Promise<unknown> => (ready ??= prepareBackend().then(() => zk.compile()));

/** Throws where the inputs break an assertion, with the operation and the element. */
export async function prove(inputs: BoundInputs): Promise<Proof> {
  const { values, publicInput } = honestWitness(circuit, inputs.fixed);
  await compiled();
  const { proof } = await zk.prove(publicInput.map((each) => Field(each)), Unconstrained.from(values));
  return proof;
}

/** The public tensors of a proof, by name. */
export const statementIn = ({ publicInput }: Proof): Statement =>
  statementFrom(program, publicInput.map((value) => value.toBigInt()));

export async function verify(proof: Proof): Promise<boolean> {
  await compiled();
  return zk.verify(proof);
}
`;
}

const digestOf = ({
  digest,
}: PackageFacts): string => `/** The digest of the circuit that was written out; \`lethe inspect\` prints it. */
export const digest =
  '${digest}';
if (systemDigest(circuit.system) !== digest)
  throw new Error('this code does not make the constraints that it was written for: was it edited?');`;

function publicInputDoc({ circuit: { program } }: PackageFacts): string {
  const ports = publicPortsOf(program).map(
    ({ name, type }) => ` *   ${name} : ${renderType(type)}`,
  );
  return `/**
 * The private input is the witness. The public input holds, as field elements in this order,
${ports.length > 0 ? ports.join('\n') : ' *   nothing'}
 */`;
}
