// lib/statements.ts: the ops that the circuit uses, as statements with typed attributes.
import type { Program } from '../../ir/program.ts';
import { camelCase, opsOf } from './names.ts';

export function statementsFile(program: Program): string {
  const ops = opsOf(program).map((name) => ({ name, record: camelCase(name) }));
  return [
    '// The operations of this circuit as statements: each appends a line to the program and returns its value.',
    "import type { Program } from './ir/program.js';",
    ...ops.map(({ name, record }) => `import { ${record} } from './ops/${name}.js';`),
    "import { Description } from './runtime/description.js';",
    '',
    'const statementsOf = (description: Description) => ({',
    ...ops.map(({ record }) => `${record}: description.statement(${record}),`),
    '});',
    '',
    '/** A program, from the statements that `write` makes. Throws where an operation does not take its arguments. */',
    'export function describe(name: string, parameters: Program["parameters"], write: (c: ReturnType<typeof statementsOf>) => void): Program {',
    'const description = new Description();',
    'write(statementsOf(description));',
    'return description.finish(name, parameters);',
    '}',
  ].join('\n');
}
