// Noir, run offline: packages are compiled by noir_wasm and executed by noir_js. The compiler takes a second to start,
// so many circuits are compiled as one: a contract with a function for each.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { abi as noirAbi, acvm, type CompiledCircuit, type InputMap } from '@noir-lang/noir_js';
import { compile_contract, compile_program, createFileManager } from '@noir-lang/noir_wasm';
import { vi } from 'vitest';
import type { Nested } from '../../../../compiler/inputs/render.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import type { Abi } from '../../../../compiler/targets/noir/abi.ts';
import { bn254 } from '../../../../compiler/targets/noir/field.ts';
import { prelude } from '../../../../compiler/targets/noir/prelude.ts';
import { noirTensor } from '../../../../compiler/targets/noir/prover-inputs.ts';
import { sourceOf } from '../../../../compiler/targets/noir/source.ts';

/** Tensors by the line whose value they are. */
export type Tensors = ReadonlyMap<number, readonly bigint[]>;

export interface NoirCircuit {
  readonly circuit: LoweredProgram;
  readonly abi: Abi;
  /** The outputs; undefined where the circuit refuses. `claimed` outputs are held against the computed ones. */
  execute(tensors: Tensors, claimed?: Tensors): Promise<Map<number, bigint[]> | undefined>;
}

type Artifact = Pick<CompiledCircuit, 'abi' | 'bytecode'>;
type Outputs = Readonly<Record<string, Nested>>;

/** Executes main on arguments as they stand in Prover.toml; undefined where an assertion or a constraint fails. */
export async function execute(
  artifact: Artifact,
  inputs: InputMap,
  claimed?: Outputs,
): Promise<Outputs | undefined> {
  const witness = noirAbi.abiEncode(artifact.abi, inputs, claimed as InputMap | undefined);
  const noOracle = (name: string) => Promise.reject(new Error(`an oracle: ${name}`));
  try {
    const bytecode = Buffer.from(artifact.bytecode, 'base64');
    const stack = await acvm.executeProgram(bytecode, witness, noOracle);
    const decoded = noirAbi.abiDecode(artifact.abi, stack[0]!.witness) as { return_value: Outputs };
    return decoded.return_value ?? {};
  } catch (error) {
    // Nothing but a refusal may count as one.
    const refusals = /Assertion failed|Cannot satisfy constraint|rawAssertion|Index out of bounds/;
    if (refusals.test(String(error))) return undefined;
    throw error;
  }
}

/** Compiles a package as it is written out. */
export const compilePackage = (files: ReadonlyMap<string, string>) =>
  inFolder(files, (folder) => compile_program(folder, undefined, quiet, quiet));

export interface Compilable {
  readonly circuit: LoweredProgram;
  /** Another prelude than the package's. */
  readonly prelude?: string;
}

/** Compiles circuits together. */
export async function compileTogether(items: readonly Compilable[]): Promise<NoirCircuit[]> {
  const sources = items.map(({ circuit }) => sourceOf(circuit));
  const modules = sources.map(({ text, abi }, i) => moduleOf(text, abi, i, items[i]!.prelude));
  const files = new Map([
    [
      'Nargo.toml',
      '[package]\nname = "together"\ntype = "contract"\nauthors = []\n\n[dependencies]\n',
    ],
    ['src/main.nr', `contract Together {\n${modules.join('\n')}\n}\n`],
  ]);
  const { contract } = await inFolder(files, (folder) =>
    compile_contract(folder, undefined, quiet, quiet),
  );
  return sources.map(({ abi }, i) =>
    runnable(
      items[i]!.circuit,
      abi,
      contract.functions.find(({ name }) => name === `run_${i}`)!,
    ),
  );
}

/** main.nr as a module, and a function that calls its main: `pub` of arguments is for entry points. */
function moduleOf(text: string, { inputs, choices }: Abi, i: number, own = prelude): string {
  const [, parameters] = /^fn main\(\n([^]*?)\) (?:-> pub Outputs )?{$/m.exec(text)!;
  const body = text
    .replace('mod lethe;', `mod lethe {\n${own}\n}`)
    .replace('struct Outputs', 'pub struct Outputs')
    .replace('fn main(', 'pub fn main(')
    .replace('-> pub Outputs', '-> Outputs')
    .replace(parameters!, parameters!.replaceAll(': pub ', ': '));
  const type = text.includes('-> pub Outputs') ? `-> pub circuit_${i}::Outputs ` : '';
  const names = [...inputs, ...choices].map(({ name }) => name).join(', ');
  return `mod circuit_${i} {\n${body}\n}\nfn run_${i}(\n${parameters}) ${type}{ circuit_${i}::main(${names}) }`;
}

function runnable(circuit: LoweredProgram, abi: Abi, artifact: Artifact): NoirCircuit {
  const object = (ports: Abi['inputs'], tensors: Tensors) =>
    Object.fromEntries(ports.map((port) => [port.name, noirTensor(port, tensors.get(port.line)!)]));
  return {
    circuit,
    abi,
    async execute(tensors, claimed) {
      const inputs = object([...abi.inputs, ...abi.choices], tensors);
      const outputs = await execute(artifact, inputs, claimed && object(abi.outputs, claimed));
      return outputs && new Map(abi.outputs.map(({ name, line }) => [line, read(outputs[name]!)]));
    },
  };
}

/** Field elements as signed integers, flat. */
function read(tensor: Nested): bigint[] {
  if (Array.isArray(tensor)) return tensor.flatMap(read);
  const value = BigInt(tensor);
  return [value > bn254 >> 1n ? value - bn254 : value];
}

const quiet = (): void => undefined;

async function inFolder<T>(
  files: ReadonlyMap<string, string>,
  action: (manager: ReturnType<typeof createFileManager>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'noir-'));
  // The compiler says where it compiles, whatever its log functions.
  const log = vi.spyOn(console, 'log').mockImplementation(quiet);
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await action(createFileManager(folder));
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
}
