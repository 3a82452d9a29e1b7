// Emitted packages, written below the repository so that o1js is found, checked and compiled by one run of tsc that is
// stricter than any reader's, and imported.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Field, Provable } from 'o1js';
import type { ConstraintSystem } from '../../../../compiler/constraints/system.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { prepareBackend } from '../../../../compiler/targets/kimchi/backend.ts';
import type { emit } from '../../../../compiler/targets/kimchi/emit.ts';
import type { KimchiGate } from '../../../../compiler/targets/kimchi/prover.ts';
import { o1js } from '../../../../compiler/targets/source/index.ts';

const root = new URL('../../../..', import.meta.url).pathname;

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'NodeNext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  rootDir: '.',
  outDir: '.',
};

export interface Packages {
  readonly folder: string;
  /** The exports of a compiled file. */
  load<T>(name: string, file: string): Promise<T>;
  remove(): Promise<void>;
}

/** Throws with what tsc says, if it says anything. `files` are more sources, by path. */
export async function writePackages(
  circuits: ReadonlyMap<string, LoweredProgram>,
  { as = 'function', files = {} }: { as?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<Packages> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'emitted-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [name, circuit] of circuits)
    for (const [path, text] of await o1js.files(circuit, { as }))
      await write(`${name}/${path}`, text);
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await write('package.json', JSON.stringify({ type: 'module' }));
  await write('tsconfig.json', JSON.stringify({ compilerOptions, exclude: [] }));
  await promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
    (error: { stdout: string }) => {
      throw new Error(error.stdout.slice(0, 4000));
    },
  );
  return {
    folder,
    load: async <T>(name: string, file: string): Promise<T> =>
      (await import(join(folder, name, file))) as T,
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The gates that o1js makes of a circuit when an `emit`, ours or an emitted one, hands it over. */
export async function gatesBy(
  emitter: typeof emit,
  system: ConstraintSystem,
): Promise<{ rows: number; gates: KimchiGate[] }> {
  await prepareBackend();
  const publics = system.ports.flatMap((port) =>
    port.visibility === 'public' ? port.variables : [],
  );
  const { rows, gates } = await Provable.constraintSystem(() => {
    const inputs = publics.map(() => Provable.witness(Field, () => Field(0)));
    emitter(system, inputs, () => []);
  });
  return { rows, gates };
}
