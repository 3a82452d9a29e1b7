// Lethe's own source files as ts-morph reads them: which top-level statement declares a name, and where an imported
// name comes from.
import { join, posix } from 'node:path';
import { Node, Project, type SourceFile, type Statement } from 'ts-morph';
import { packageRoot } from './package-root.ts';

export interface ImportedName {
  /** A path under compiler/, or the name of a package. */
  readonly module: string;
  readonly external: boolean;
  /** What it is called there. */
  readonly name: string;
  readonly typeOnly: boolean;
}

export interface Module {
  /** Under compiler/. */
  readonly path: string;
  readonly source: SourceFile;
  /** The statement that declares each name. */
  readonly declarations: ReadonlyMap<string, Statement>;
  /** Imported names, by what they are called here. */
  readonly imports: ReadonlyMap<string, ImportedName>;
}

const project = new Project({
  skipAddingFilesFromTsConfig: true,
  skipFileDependencyResolution: true,
});
const known = new Map<string, Module>();

/** `path` is one under compiler/. */
export function readModule(path: string): Module {
  const module = known.get(path) ?? parse(path);
  known.set(path, module);
  return module;
}

function parse(path: string): Module {
  const source = project.addSourceFileAtPath(join(packageRoot, 'compiler', path));
  const declarations = new Map<string, Statement>();
  for (const statement of source.getStatements())
    if (!Node.isImportDeclaration(statement))
      for (const name of declaredNames(statement)) declarations.set(name, statement);
  return { path, source, declarations, imports: importsOf(source, path) };
}

/** The names that a top-level statement declares. Lethe's modules declare; they do nothing else when loaded. */
function declaredNames(statement: Statement): string[] {
  if (Node.isVariableStatement(statement))
    return statement.getDeclarations().map((declaration) => declaration.getName());
  if (
    Node.isFunctionDeclaration(statement) ||
    Node.isClassDeclaration(statement) ||
    Node.isInterfaceDeclaration(statement) ||
    Node.isTypeAliasDeclaration(statement)
  )
    return [statement.getName()!];
  throw new Error(
    `${statement.getSourceFile().getFilePath()}: a ${statement.getKindName()} cannot be copied`,
  );
}

function importsOf(source: SourceFile, path: string): Map<string, ImportedName> {
  const imports = new Map<string, ImportedName>();
  for (const declaration of source.getImportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue();
    const external = !specifier.startsWith('.');
    const module = external ? specifier : posix.join(posix.dirname(path), specifier);
    for (const named of declaration.getNamedImports()) {
      const name = named.getName();
      const typeOnly = declaration.isTypeOnly() || named.isTypeOnly();
      imports.set(named.getAliasNode()?.getText() ?? name, { module, external, name, typeOnly });
    }
  }
  return imports;
}
