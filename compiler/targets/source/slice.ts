// The part of lethe that an emitted package needs: from some roots, every top-level declaration that they reach.
// Reaching is by name: any identifier that is not a member's name. That can keep too much, and never too little.
import { Node, type Statement } from 'ts-morph';
import { droppedMembers, opList } from './members.ts';
import { readModule, type Module } from './modules.ts';

/** A name that a module exports. */
export interface Root {
  readonly module: string;
  readonly name: string;
}

/** What is kept of one module. */
export interface Slice {
  readonly module: Module;
  readonly statements: ReadonlySet<Statement>;
  /** Local names of imports. */
  readonly imports: ReadonlySet<string>;
  /** Left out of the statements. */
  readonly dropped: ReadonlySet<Node>;
}

interface Growing extends Slice {
  readonly statements: Set<Statement>;
  readonly imports: Set<string>;
  readonly dropped: Set<Node>;
}

/** By path under compiler/, sorted. `ops` are the names of the ops that the circuit uses. */
export function sliceModules(roots: readonly Root[], ops: ReadonlySet<string>): Slice[] {
  const slices = new Map<string, Growing>();
  const pending = [...roots];
  for (let root = pending.pop(); root; root = pending.pop()) {
    const slice = sliceOf(root.module);
    const statement = slice.module.declarations.get(root.name);
    if (!statement) throw new Error(`${root.module} declares no ${root.name}`);
    keep(slice, statement);
  }
  return [...slices.values()].sort((a, b) => (a.module.path < b.module.path ? -1 : 1));

  function sliceOf(path: string): Growing {
    const slice = slices.get(path) ?? {
      module: readModule(path),
      statements: new Set(),
      imports: new Set(),
      dropped: new Set(),
    };
    slices.set(path, slice);
    return slice;
  }

  function keep(slice: Growing, statement: Statement): void {
    if (slice.statements.has(statement)) return;
    slice.statements.add(statement);
    const { declarations, imports, path } = slice.module;
    const { dropped, names } = contentsOf(path, statement, ops);
    dropped.forEach((node) => slice.dropped.add(node));
    for (const name of names) {
      const declared = declarations.get(name);
      if (declared) keep(slice, declared);
      const imported = imports.get(name);
      if (!imported) continue;
      slice.imports.add(name);
      if (!imported.external) pending.push({ module: imported.module, name: imported.name });
    }
  }
}

interface Contents {
  readonly dropped: readonly Node[];
  readonly names: ReadonlySet<string>;
}

/** Of statements that are the same for every circuit. */
const known = new WeakMap<Statement, Contents>();

function contentsOf(path: string, statement: Statement, ops: ReadonlySet<string>): Contents {
  const before = known.get(statement);
  if (before) return before;
  const dropped = droppedMembers(path, statement, ops);
  const contents = { dropped, names: namesIn(statement, new Set(dropped)) };
  if (path !== opList) known.set(statement, contents);
  return contents;
}

/** Identifiers that may refer to something at the top of the module. */
function namesIn(node: Node, dropped: ReadonlySet<Node>): Set<string> {
  const names = new Set<string>();
  node.forEachDescendant((each, traversal) => {
    if (dropped.has(each)) traversal.skip();
    else if (Node.isIdentifier(each) && !isMemberName(each)) names.add(each.getText());
  });
  return names;
}

function isMemberName(identifier: Node): boolean {
  const parent = identifier.getParentOrThrow();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === identifier;
  return (
    (Node.isPropertyAssignment(parent) ||
      Node.isPropertySignature(parent) ||
      Node.isPropertyDeclaration(parent) ||
      Node.isMethodSignature(parent) ||
      Node.isMethodDeclaration(parent) ||
      Node.isNamedTupleMember(parent)) &&
    parent.getNameNode() === identifier
  );
}
