// package.json, tsconfig.json and README.md of an emitted package.
import { inputsOf, publicPortsOf } from '../../program/ports.ts';
import { renderType } from '../../ir/program.ts';
import { prettierOptions } from './formatting.ts';
import type { PackageFacts } from './package-facts.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function packageJson({ circuit, manifest, kind }: PackageFacts): string {
  const { o1js } = manifest.dependencies;
  const node = manifest.devDependencies['@types/node'];
  return json({
    name: `${circuit.program.name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+/, '')}-${kind}`,
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { build: 'tsc', start: 'tsc && node dist/main.js' },
    dependencies: { o1js },
    devDependencies: { '@types/node': node, typescript: '>=5.6' },
    prettier: prettierOptions,
  });
}

export function tsconfigJson(): string {
  return json({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      module: 'NodeNext',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      rootDir: '.',
      outDir: 'dist',
    },
    files: ['main.ts', 'reference.ts'],
  });
}

export function readme({ circuit, title, origin, digest, rows, kind }: PackageFacts): string {
  const { program } = circuit;
  const inputs = inputsOf(program).map(
    ({ name, visibility, type }) => `| \`${name}\` | ${visibility} | \`${renderType(type)}\` |`,
  );
  const publics = publicPortsOf(program).map(({ name }) => `\`${name}\``);
  return `# ${title}

${kind === 'function' ? 'An o1js `ZkFunction` (kimchi alone)' : 'An o1js \`ZkProgram\` (Pickles)'} of ${rows} rows, written by ${origin}. It needs o1js and nothing else.

\`\`\`
npm install
npm start INPUTS.json PROOF.json      # proves, verifies, writes the proof
npm start verify PROOF.json
\`\`\`

${kind === 'function' ? `The proof file is the one of \`lethe prove\`: \`lethe verify\` accepts it, and this package verifies those of lethe.\n\n` : ''}| input | | type |
| --- | --- | --- |
${inputs.join('\n')}

A proof says that secret inputs exist for these public tensors: ${publics.join(', ') || 'none'}.

| file | |
| --- | --- |
| \`circuit.ts\` | the circuit, one statement a line, with what is known of each |
| \`inputs.ts\` | real numbers in, rounded to the circuit's integers |
| \`reference.ts\` | for tests: every value in float64 and in fixed point, and how far apart they can be |
| \`program.ts\` | the circuit in o1js: \`prove\`, \`verify\` |
| \`statement.ts\` | what a proof says, and what it rests on |
| \`main.ts\` | proves and verifies from a JSON file, or verifies a proof file |
| \`lib/\` | the constraints of every operation: lethe's own sources, as far as this circuit needs them |

The digest of the constraints is \`${digest}\`; \`lethe inspect\` prints the same for the circuit that this was written
from, and \`program.ts\` refuses to run when the code makes others.
`;
}
