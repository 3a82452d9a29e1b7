// The source meaning of a circuit: a TypeScript package that needs only o1js and makes the same constraints, because its
// lib/ is cut out of lethe's own sources, and its circuit.ts calls them line by line.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceTarget } from '../source-target.ts';
import { circuitFiles } from './circuit-file.ts';
import { formatFile } from './formatting.ts';
import { hintsFile } from './hints-file.ts';
import { inputsFile } from './inputs-file.ts';
import { libraryFiles } from './library.ts';
import { mainFile } from './main-file.ts';
import { packageJson, readme, tsconfigJson } from './manifest-files.ts';
import { opsOf } from './names.ts';
import { packageFacts, type Kind, type PackageFacts } from './package-facts.ts';
import { packageRoot, readManifest } from './package-root.ts';
import { programFile } from './program-file.ts';
import { referenceFile } from './reference-file.ts';
import { rootsOf } from './roots.ts';
import { statementFile } from './statement-file.ts';
import { statementsFile } from './statements-file.ts';

export const o1js: SourceTarget = {
  name: 'o1js',
  kinds: ['function', 'program'],
  start: 'README.md',

  async files(circuit, { as = 'function' }) {
    const facts = packageFacts(circuit, as as Kind, await readManifest());
    const own = generated(facts);
    const ops = new Set(opsOf(circuit.program));
    const copied = libraryFiles(rootsOf(own), ops, facts.origin);
    const texts = [...own, ...copied];
    const license = await readFile(join(packageRoot, 'LICENSE'), 'utf8');
    const formatted = texts.map(
      async ([path, text]) => [path, await formatFile(path, text)] as const,
    );
    return new Map([...(await Promise.all(formatted)), ['lib/LICENSE', license]]);
  },
};

function generated(facts: PackageFacts): Map<string, string> {
  return new Map([
    ...circuitFiles(facts),
    ...(facts.hints.length + facts.functions.length > 0
      ? [['hints.ts', hintsFile(facts)] as const]
      : []),
    ['lib/statements.ts', statementsFile(facts.circuit.program)],
    ['inputs.ts', inputsFile(facts)],
    ['reference.ts', referenceFile(facts)],
    ['program.ts', programFile(facts)],
    ['statement.ts', statementFile(facts)],
    ['main.ts', mainFile(facts)],
    ['package.json', packageJson(facts)],
    ['tsconfig.json', tsconfigJson()],
    ['README.md', readme(facts)],
  ]);
}
