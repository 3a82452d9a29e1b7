// A package as it is written out, compiled and executed on its own Prover.toml.
import type { CompiledCircuit } from '@noir-lang/noir_js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Nested } from '../../../../../compiler/inputs/render.ts';
import { files } from '../example.ts';
import { compilePackage, execute } from '../noir.ts';

describe('group-obs-kkt', () => {
  const prover = parseProver(files.get('Prover.toml')!);
  let artifact: CompiledCircuit;
  let warnings: unknown[];

  beforeAll(async () => {
    ({ program: artifact, warnings } = await compilePackage(files));
  });

  test('compiles without a warning', () => {
    expect(warnings).toEqual([]);
  });

  test('returns on Prover.toml what Prover.toml says', async () => {
    expect(Object.keys(prover.returned)).toEqual(['unlearned']);
    expect(await execute(artifact, prover.inputs, prover.returned)).toBeDefined();
  });

  test('refuses another output', async () => {
    const wrong = { unlearned: [['1', '0', '0', '0']] };
    expect(await execute(artifact, prover.inputs, wrong)).toBeUndefined();
  });

  test('public inputs are public, the others are not', () => {
    expect(artifact.abi.parameters.map(({ name, visibility }) => [name, visibility])).toEqual([
      ['weights', 'private'],
      ['curvature', 'private'],
      ['mask', 'public'],
      ['solve_7', 'private'],
    ]);
    expect(artifact.abi.return_type?.visibility).toBe('public');
  });
});

/** The tables of Prover.toml; their values are nested arrays of strings, which JSON reads, too. */
function parseProver(text: string) {
  const [inputs, returned] = text
    .replace(/^#.*\n/gm, '')
    .split('[return]\n')
    .map((part) =>
      Object.fromEntries(
        [...part.matchAll(/^(\w+) = ([^]*?)(?=\n\w+ = |\n*$(?![^]))/gm)].map(
          ([, name, value]): [string, Nested] => [name!, JSON.parse(value!) as Nested],
        ),
      ),
    );
  return { inputs: inputs!, returned: returned! };
}
