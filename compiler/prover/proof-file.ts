// A proof on disk: which circuit, which statement, and the proof's bytes, as one JSON object. Reading trusts
// nothing: what the file says is compared with the verifier's own circuit before any cryptography.
import { fail } from '../diagnostics/diagnostic.ts';
import { parseJson, type JsonLimits } from '../files/json.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { systemDigest } from '../constraints/digest.ts';
import { publicInputOf } from './public-input.ts';
import type { Statement } from './statement.ts';

const proofFileVersion = 1;

export interface ProofFile {
  readonly circuit: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** `systemDigest` of the circuit. */
  readonly digest: string;
  readonly statement: Statement;
  readonly proof: Uint8Array;
}

export function renderProofFile(file: ProofFile): string {
  const { circuit, parameters, digest, statement, proof } = file;
  const integers = [...statement].map(([name, values]) => [name, values.map(String)]);
  return `${JSON.stringify(
    {
      lethe: 'proof',
      version: proofFileVersion,
      circuit,
      parameters,
      digest,
      public: Object.fromEntries(integers) as Record<string, string[]>,
      proof: Buffer.from(proof).toString('base64'),
    },
    null,
    1,
  )}\n`;
}

const damaged = 'the file is damaged, or is no proof of `lethe prove`';

/** The limits of the file of a proof with so many public values; of any proof where the circuit is not known: it has at most 2^16 rows. */
export const proofFileLimits = (publicValues = 2 ** 16): JsonLimits => ({
  bytes: 200_000 + 128 * publicValues,
  depth: 3,
  values: 10_000 + 2 * publicValues,
});

/** Throws `bad-proof` for anything that `renderProofFile` would not have written. */
export function parseProofFile(
  text: string,
  file: string,
  limits: JsonLimits = proofFileLimits(),
): ProofFile {
  const refuse = (why: string): never => fail('bad-proof', `${file}: ${why}`, damaged);
  const source = { file, code: 'bad-proof', hint: damaged, limitHint: damaged, ...limits };
  const json = parseJson(text, source) as Record<string, unknown> | null;
  if (json?.['lethe'] !== 'proof') return refuse('not a proof file');
  if (json['version'] !== proofFileVersion)
    return refuse(
      `version ${typeof json['version'] === 'number' ? json['version'] : 'unreadable'}, where ${proofFileVersion} is expected`,
    );
  const { circuit, parameters, digest, public: publics, proof } = json;
  if (typeof circuit !== 'string' || typeof digest !== 'string' || typeof proof !== 'string')
    return refuse('circuit, digest and proof are strings');
  if (!isRecord(parameters) || !Object.values(parameters).every(Number.isSafeInteger))
    return refuse('parameters are whole numbers');
  if (!isRecord(publics)) return refuse('public is an object of tensors');
  const statement = new Map(
    Object.entries(publics).map(([name, values]) => {
      if (!Array.isArray(values) || !values.every(isDigits))
        return refuse(`public tensor "${name}" is not a list of integers`);
      return [name, values.map(BigInt)] as const;
    }),
  );
  const bytes = Buffer.from(proof, 'base64');
  if (bytes.toString('base64') !== proof) return refuse('the proof is not base64');
  return {
    circuit,
    parameters: parameters as Record<string, number>,
    digest,
    statement,
    proof: Uint8Array.from(bytes),
  };
}

/** The public input of a proof file under the verifier's own circuit. Throws `other-circuit` or `bad-statement`. */
export function publicInputOfFile(file: ProofFile, circuit: LoweredProgram): bigint[] {
  const digest = systemDigest(circuit.system);
  if (file.digest !== digest)
    fail(
      'other-circuit',
      `the proof is of circuit ${file.circuit} ${JSON.stringify(file.parameters)} with digest ${short(file.digest)}, not of ${circuit.program.name} ${JSON.stringify(circuit.program.parameters)} with digest ${short(digest)}`,
      'verify it against the circuit file, and the parameters (--set), that it was made with',
    );
  return publicInputOf(circuit.program, file.statement);
}

const short = (digest: string): string => `${digest.slice(0, 16)}…`;

const isDigits = (value: unknown): value is string =>
  typeof value === 'string' && value.length < 100 && /^(0|-?[1-9]\d*)$/.test(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
