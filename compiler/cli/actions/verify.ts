// lethe verify: a proof file against the verifier's own circuit.
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { renderTensor, type Nested } from '../../inputs/render.ts';
import type { TensorType } from '../../ir/program.ts';
import { publicPortsOf } from '../../program/ports.ts';
import { indexAt, renderShape } from '../../ir/shape.ts';
import { readText } from '../../files/read-file.ts';
import { about, fail, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { keyFileLimits, trustedKey } from '../../prover/key-file.ts';
import {
  parseProofFile,
  proofFileLimits,
  publicInputOfFile,
  type ProofFile,
} from '../../prover/proof-file.ts';
import { assumptionsJson, renderAssumptions, trustIn } from '../assumptions.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { loadInputs } from '../load-inputs.ts';
import { stage } from '../progress.ts';
import { loadProgram } from '../run.ts';
import type { VerifyOptions } from '../commands/verify.ts';

export async function verify(proofPath: string, options: VerifyOptions): Promise<Outcome> {
  const show = !options.json;
  const file = parseProofFile(await readText(proofPath, proofFileLimits()), proofPath);
  const circuit = await loadProgram(options.circuit, options);
  const { program, system } = circuit;
  const publicInput = await about(proofPath, () => publicInputOfFile(file, circuit));
  const findings = await unexpected(circuit, file, options.expect ?? [], proofPath);
  if (findings.length > 0) return findingsOutcome(1, findings);
  const kimchi = await import('../../targets/kimchi/prover.ts');
  const rows = totalRows(countRows(system));
  const key = options.key
    ? trustedKey(await readText(options.key, keyFileLimits), options.key, circuit)
    : (await stage(`compiling ${rows} rows`, show, () => kimchi.compile(program.name, system)))
        .result.verificationKey;
  const { result: valid, seconds } = await stage('verifying', show, () =>
    about(proofPath, () => kimchi.verify({ key, system, publicInput, proof: file.proof })),
  );
  if (!valid)
    return findingsOutcome(1, [
      {
        code: 'refused',
        message: `${proofPath}: the proof does not verify for circuit ${program.name}`,
      },
    ]);
  const statement = publicPortsOf(program).map(({ name, type }) => [
    name,
    renderTensor(type, file.statement.get(name)!),
  ]);
  const { assumptions } = trustIn(circuit);
  return {
    exit: 0,
    json: {
      ok: true,
      circuit: program.name,
      ...assumptionsJson(assumptions),
      parameters: program.parameters,
      seconds,
      public: Object.fromEntries(statement) as Record<string, unknown>,
    },
    text: [
      ...renderAssumptions(assumptions),
      `verified ${proofPath}: a proof of circuit ${program.name}, for`,
      ...statement.map(([name, value]) => `  ${String(name)} = ${shorten(JSON.stringify(value))}`),
      '',
    ].join('\n'),
  };
}

/** Public tensors that differ from what the verifier expects. */
async function unexpected(
  { program }: LoweredProgram,
  { statement }: ProofFile,
  files: readonly string[],
  path: string,
): Promise<Diagnostic[]> {
  const ports = publicPortsOf(program);
  const tensors = await loadInputs(files, ports);
  const given = ports.filter(({ name }) => tensors.has(name));
  const known = new Map([...tensors].filter(([name]) => ports.some((port) => port.name === name)));
  for (const [name, { file }] of tensors)
    if (!known.has(name))
      fail(
        'unknown-tensor',
        `${file}: circuit ${program.name} has no public tensor "${name}"`,
        `it has: ${ports.map((port) => port.name).join(', ')}`,
      );
  if (files.length > 0 && given.length === 0)
    fail('missing-tensor', `${files.join(', ')}: no public tensor to expect`, 'give at least one');
  const { fixed } = bindInputs(program, known, given);
  return given.flatMap(({ name, type }) => {
    const [expected, actual] = [fixed.get(name)!, statement.get(name)!];
    const at = expected.findIndex((value, i) => value !== actual[i]);
    if (at === -1) return [];
    const index = renderShape(indexAt(type.shape, at));
    return [
      {
        code: 'bad-statement',
        message: `${path}: public tensor "${name}", element ${index}: the proof says ${shown(type, actual[at]!)}, expected is ${shown(type, expected[at]!)}`,
      },
    ];
  });
}

/** One value, as a real where it has one. */
const shown = ({ format }: TensorType, value: bigint): Nested =>
  renderTensor({ shape: [], format }, [value]);

/** Public tensors may be long; --json prints them whole. */
const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text);
