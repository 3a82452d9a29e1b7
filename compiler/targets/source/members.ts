// Which members of a declaration an emitted package does without: an op's record keeps its type, its three meanings and
// its range; the list of ops keeps those that the circuit uses.
import { Node, SyntaxKind, type Statement } from 'ts-morph';

/** Members of `Op` that only analyses, passes and attacks ask for. */
const unused = new Set([
  'asserts',
  'lenient',
  'notes',
  'formula',
  'error',
  'choice',
  'premises',
  'precision',
  'sum',
  'work',
  'commitment',
]);

/** The module that lists all ops. */
export const opList = 'ops/index.ts';

/** Decides of nodes inside of a statement of a module. `ops` are the names of those used. */
export function droppedMembers(
  path: string,
  statement: Statement,
  ops: ReadonlySet<string>,
): Node[] {
  const nodes: Node[] = [];
  if (path === 'ops/op.ts' && Node.isInterfaceDeclaration(statement))
    if (statement.getName() === 'Op')
      nodes.push(...statement.getMembers().filter((member) => unused.has(nameOf(member))));
  if (path === opList)
    for (const list of statement.getDescendantsOfKind(SyntaxKind.ArrayLiteralExpression))
      nodes.push(...list.getElements().filter((element) => opOf(element, ops) === undefined));
  for (const call of statement.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const [record] = call.getArguments();
    if (call.getExpression().getText() !== 'defineOp' || !Node.isObjectLiteralExpression(record))
      continue;
    nodes.push(...record.getProperties().filter((member) => unused.has(nameOf(member))));
  }
  return nodes;
}

function nameOf(member: Node): string {
  return Node.hasName(member) ? member.getName() : '';
}

/** The op that an element of the list of all ops stands for, if it is used. */
function opOf(element: Node, ops: ReadonlySet<string>): string | undefined {
  const imported = element
    .getSourceFile()
    .getImportDeclaration((each) =>
      each.getNamedImports().some((named) => named.getName() === element.getText()),
    );
  const name = imported?.getModuleSpecifierValue().slice('./'.length, -'.ts'.length);
  // A list that is none of ops.
  if (name === undefined) return '';
  return ops.has(name) ? name : undefined;
}
