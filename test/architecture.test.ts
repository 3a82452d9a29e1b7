// Who may import whom. The floors say it for all rooms; the other tests say what floors cannot: packages, and rooms below that
// are closed to some.
import { Project } from 'ts-morph';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const project = new Project({ skipFileDependencyResolution: true });
project.addSourceFilesAtPaths(
  ['compiler', 'dsl', 'stdlib', 'examples'].map((room) => `${root}${room}/**/*.ts`),
);

/** From bottom to top. A room imports itself and the floors below; rooms side by side do not know each other. */
const floors: readonly (readonly string[])[] = [
  ['compiler/diagnostics'],
  ['compiler/numbers', 'compiler/files', 'compiler/parsing'],
  ['compiler/constraints', 'compiler/ir'],
  ['compiler/functions', 'compiler/targets/kimchi'],
  ['compiler/ops'],
  ['compiler/program'],
  ['compiler/inputs', 'dsl'],
  ['compiler/meanings', 'stdlib'],
  ['compiler/analyses', 'compiler/passes', 'compiler/targets/source-target.ts'],
  ['compiler/choices'],
  ['compiler/compile.ts'],
  ['compiler/prover'],
  [
    'compiler/profile',
    'compiler/targets/noir',
    'compiler/targets/source',
    'compiler/testing',
    'stdlib/apex',
  ],
  ['compiler/audit'],
  ['compiler/cli', 'examples'],
  ['examples/studies'],
];

const published: Readonly<Record<string, string>> = {
  lethe: 'dsl/index.ts',
  'lethe/stdlib': 'stdlib/index.ts',
  'lethe/testing': 'compiler/testing/index.ts',
};

interface Import {
  readonly from: string;
  /** A path in the repository, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
}

/** Imports of types, too. */
const imports: Import[] = project.getSourceFiles().flatMap((file) => {
  const from = file.getFilePath().slice(root.length);
  const declarations = [...file.getImportDeclarations(), ...file.getExportDeclarations()];
  const written = declarations.flatMap((each) => {
    const specifier = each.getModuleSpecifierValue();
    return specifier === undefined ? [] : [{ specifier, typeOnly: each.isTypeOnly() }];
  });
  const called = [...file.getFullText().matchAll(/\bimport\(\s*'([^']+)',?\s*\)/g)].map(
    (match) => ({
      specifier: match[1]!,
      typeOnly: false,
    }),
  );
  return [...written, ...called].map(({ specifier, typeOnly }) => {
    const isPackage = !specifier.startsWith('.');
    const path = isPackage ? specifier : new URL(specifier, `file:///${from}`).pathname.slice(1);
    return { from, to: path, isPackage, typeOnly };
  });
});

const violations = (rule: (each: Import) => boolean): string[] =>
  imports.filter(rule).map(({ from, to }) => `${from} imports ${to}`);

const under = (path: string, ...rooms: string[]): boolean =>
  rooms.some((room) => path.startsWith(`${room}/`));

/** The innermost room that holds the file. */
function roomOf(path: string): string | undefined {
  const rooms = floors.flat().filter((room) => path === room || under(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));

test('the files were found, each is in a room, and no room is empty', () => {
  expect(imports.length).toBeGreaterThan(200);
  const paths = project.getSourceFiles().map((file) => file.getFilePath().slice(root.length));
  expect(paths.filter((path) => roomOf(path) === undefined)).toEqual([]);
  const inhabited = new Set(paths.map(roomOf));
  expect(floors.flat().filter((room) => !inhabited.has(room))).toEqual([]);
});

test('every import goes to a floor below, or stays in its room', () => {
  const goesUp = ({ from, to, isPackage }: Import): boolean => {
    const path = isPackage ? published[to] : to;
    if (path === undefined) return false;
    const [own, other] = [roomOf(from)!, roomOf(path)];
    return other === undefined || (own !== other && floorOf(other) >= floorOf(own));
  };
  expect(violations(goesUp)).toEqual([]);
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
  const foreign = ['compiler/targets', 'compiler/analyses', 'compiler/choices'];
  expect(
    violations(
      ({ from, to }) => under(from, runtime) && under(to, ...foreign) && !under(to, runtime),
    ),
  ).toEqual([]);
});

test('the prover, the benchmark, the command and the studies alone reach the proof system', () => {
  const kimchi = 'compiler/targets/kimchi';
  const allowed = [
    kimchi,
    'compiler/prover',
    'compiler/profile',
    'compiler/cli',
    'examples/studies',
  ];
  expect(violations(({ from, to }) => under(to, kimchi) && !under(from, ...allowed))).toEqual([]);
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

test('the protocol needs no package but the database', () => {
  const allowed = (name: string): boolean =>
    name.startsWith('node:') || name === '@electric-sql/pglite';
  expect(
    violations(
      ({ from, to, isPackage }) => under(from, 'stdlib/apex') && isPackage && !allowed(to),
    ),
  ).toEqual([]);
});

test('only the books import the database', () => {
  const books = ({ from }: Import): boolean => under(from, 'stdlib/apex/books');
  expect(violations((each) => each.to.startsWith('@electric-sql/') && !books(each))).toEqual([]);
});

test('one file loads chevrotain, and only the grammars know it', () => {
  const seam = 'compiler/parsing/chevrotain.ts';
  const grammars = [
    'compiler/analyses/assumptions/hints/grammar.ts',
    'compiler/program/text/grammar.ts',
    'dsl/notation/grammar.ts',
  ];
  const importers = (rule: (each: Import) => boolean): string[] =>
    [...new Set(imports.filter(rule).map(({ from }) => from))].sort();
  expect(importers(({ to }) => to === seam)).toEqual(grammars);
  expect(importers(({ to }) => to === 'chevrotain')).toEqual([seam, ...grammars].sort());
  // The seam loads it at run time; what it imports statically are types, as in the grammars.
  const running = ({ from, to, typeOnly }: Import): boolean =>
    to === 'chevrotain' && !typeOnly && from !== seam;
  expect(violations(running)).toEqual([]);
});

test('the DSL knows programs, their builder and checks, functions, hints, its grammar, and nothing else below', () => {
  const rooms = ['program', 'ir', 'numbers', 'functions', 'diagnostics'].map(
    (room) => `compiler/${room}`,
  );
  const files = ['compiler/ops/shared/hints.ts', 'compiler/parsing/chevrotain.ts', 'chevrotain'];
  expect(
    violations(
      ({ from, to }) => under(from, 'dsl') && !under(to, 'dsl', ...rooms) && !files.includes(to),
    ),
  ).toEqual([]);
});

test('numbers and diagnostics need no package', () => {
  const own = ['compiler/numbers', 'compiler/diagnostics'];
  expect(violations(({ from, isPackage }) => under(from, ...own) && isPackage)).toEqual([]);
});

test('examples import the published names and other examples; the demo and the studies reach inside', () => {
  const inside = ['examples/unlearn-digits', 'examples/studies'];
  expect(
    violations(
      ({ from, to, isPackage }) =>
        under(from, 'examples') && !under(from, ...inside) && !isPackage && !under(to, 'examples'),
    ),
  ).toEqual([]);
});
