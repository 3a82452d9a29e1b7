// The borders of the house: who may import whom.
import { Project } from 'ts-morph';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const project = new Project({ skipFileDependencyResolution: true });
project.addSourceFilesAtPaths(
  ['compiler', 'dsl', 'stdlib', 'examples'].map((room) => `${root}${room}/**/*.ts`),
);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = project.getSourceFiles().flatMap((file) => {
  const from = file.getFilePath().slice(root.length);
  const declarations = [...file.getImportDeclarations(), ...file.getExportDeclarations()];
  const written = declarations.flatMap((declaration) => {
    const specifier = declaration.getModuleSpecifierValue();
    return specifier === undefined ? [] : [{ specifier, typeOnly: declaration.isTypeOnly() }];
  });
  const dynamic = [...file.getFullText().matchAll(/\bimport\('([^']+)'\)/g)].map((match) => ({
    specifier: match[1]!,
    typeOnly: false,
  }));
  return [...written, ...dynamic].map(({ specifier, typeOnly }) => ({
    from,
    to: specifier.startsWith('.')
      ? new URL(specifier, `file:///${from}`).pathname.slice(1)
      : specifier,
    typeOnly,
  }));
});

const violations = (rule: (each: Import) => boolean): string[] =>
  imports.filter(rule).map(({ from, to }) => `${from} imports ${to}`);

const under = (path: string, ...rooms: string[]): boolean =>
  rooms.some((room) => path.startsWith(`${room}/`));

test('the files were found', () => {
  expect(imports.length).toBeGreaterThan(200);
});

test('only targets/kimchi imports o1js', () => {
  expect(
    violations(({ from, to }) => to === 'o1js' && !under(from, 'compiler/targets/kimchi')),
  ).toEqual([]);
});

test('the Noir target writes programs, without gates and without tools', () => {
  const foreign = ({ to }: Import): boolean =>
    under(to, 'compiler/constraints', 'compiler/targets/kimchi') || to.startsWith('@noir-lang');
  expect(violations((each) => under(each.from, 'compiler/targets/noir') && foreign(each))).toEqual(
    [],
  );
});

test('only targets/source imports ts-morph and prettier', () => {
  expect(
    violations(
      ({ from, to }) =>
        ['ts-morph', 'prettier'].includes(to) && !under(from, 'compiler/targets/source'),
    ),
  ).toEqual([]);
});

test('what targets/source copies into packages stands on nothing that they do not need', () => {
  const runtime = 'compiler/targets/source/runtime';
  const foreign = ['compiler/targets', 'compiler/analyses', 'compiler/choices', 'compiler/cli'];
  expect(
    violations(
      ({ from, to }) => under(from, runtime) && under(to, ...foreign) && !under(to, runtime),
    ),
  ).toEqual([]);
});

test('the command, the prover, the benchmark and the examples alone reach targets', () => {
  const allowed = ['targets', 'cli', 'prover', 'bench'].map((room) => `compiler/${room}`);
  allowed.push('examples');
  expect(
    violations(({ from, to }) => under(to, 'compiler/targets') && !under(from, ...allowed)),
  ).toEqual([]);
});

test('nothing imports the command', () => {
  expect(
    violations(({ from, to }) => under(to, 'compiler/cli') && !under(from, 'compiler/cli')),
  ).toEqual([]);
});

test('stdlib imports only the DSL', () => {
  expect(
    violations(
      ({ from, to }) =>
        under(from, 'stdlib') && !under(from, 'stdlib/apex') && !under(to, 'stdlib', 'dsl'),
    ),
  ).toEqual([]);
});

test('the protocol adds the compiler to the DSL, without its targets, its test kit and its command', () => {
  const beneath = ['cli', 'targets', 'testing', 'audit'].map((room) => `compiler/${room}`);
  const foreign = ({ to }: Import): boolean =>
    !under(to, 'stdlib', 'dsl', 'compiler') || under(to, ...beneath);
  const isPackage = ({ to }: Import): boolean =>
    to.startsWith('node:') || to === '@electric-sql/pglite';
  expect(
    violations((each) => under(each.from, 'stdlib/apex') && foreign(each) && !isPackage(each)),
  ).toEqual([]);
});

test('only the books import the database', () => {
  const books = ({ from }: Import): boolean => under(from, 'stdlib/apex/books');
  expect(violations((each) => each.to.startsWith('@electric-sql/') && !books(each))).toEqual([]);
});

test('one file loads chevrotain, and only the grammars know it', () => {
  const seam = 'compiler/parsing/chevrotain.ts';
  const grammars = ['compiler/ir/text/grammar.ts', 'dsl/notation/grammar.ts'];
  const importers = (rule: (each: Import) => boolean): string[] =>
    [...new Set(imports.filter(rule).map(({ from }) => from))].sort();
  expect(importers(({ to }) => to === seam)).toEqual(grammars);
  expect(importers(({ to }) => to === 'chevrotain')).toEqual([grammars[0], seam, grammars[1]]);
  // The seam loads it at run time; what it imports statically are types, as in the grammars.
  const running = ({ from, to, typeOnly }: Import): boolean =>
    to === 'chevrotain' && !typeOnly && from !== seam;
  expect(violations(running)).toEqual([]);
});

test('the DSL knows the IR builder, its checks and numbers, its grammar, and nothing below', () => {
  const allowed = ['dsl', 'compiler/ir', 'compiler/numbers', 'compiler/diagnostics'];
  const files = ['compiler/analyses/unused.ts', 'compiler/ops/shared/hints.ts', 'chevrotain'];
  files.push('compiler/parsing/chevrotain.ts');
  expect(
    violations(
      ({ from, to }) => under(from, 'dsl') && !under(to, ...allowed) && !files.includes(to),
    ),
  ).toEqual([]);
});

test('ops, IR and constraints do not know meanings, passes or anything above them', () => {
  const below = ['compiler/ir', 'compiler/ops', 'compiler/numbers', 'compiler/diagnostics'];
  const above = ['compiler/meanings', 'compiler/passes', 'compiler/testing', 'compiler/inputs'];
  expect(violations(({ from, to }) => under(from, ...below) && under(to, ...above))).toEqual([]);
});

test('numbers and diagnostics stand on nothing', () => {
  const own = ['compiler/numbers', 'compiler/diagnostics'];
  expect(violations(({ from, to }) => under(from, ...own) && !under(to, ...own))).toEqual([]);
});

test('examples import the published names, and other examples', () => {
  const published = ['lethe', 'lethe/stdlib', 'lethe/testing'];
  const rule = ({ from, to }: Import): boolean =>
    under(from, 'examples') &&
    under(to, 'compiler', 'dsl', 'stdlib') &&
    !published.includes(to) &&
    !under(
      from,
      'examples/unlearn-digits',
      'examples/experiments',
      'examples/bench',
      'examples/full-size',
    );
  expect(violations(rule)).toEqual([]);
});
