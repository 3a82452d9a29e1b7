// circuit.ts: the program, one statement a line, each with what is known of it.
import type { Line } from '../../ir/program.ts';
import { lineWidth } from './formatting.ts';
import { Constants, renderAttributes } from './literals.ts';
import { camelCase, propertyName, valueNames } from './names.ts';
import { lineNotes } from './notes.ts';
import type { PackageFacts } from './package-facts.ts';
import { declaredInput, declaredOutput } from '../../program/ports.ts';

/** circuit.ts and, where it has long lists, constants.ts. */
export function circuitFiles({
  circuit,
  title,
  origin,
  hints,
  functions,
}: PackageFacts): Map<string, string> {
  const { program } = circuit;
  const names = valueNames(program);
  const notes = lineNotes(circuit);
  const constants = new Constants();
  const used = new Set(program.lines.flatMap(({ arguments: args }) => args));
  const body = program.lines.flatMap((line, number) => [
    ...placeNote(renderStatement(line, number), notes[number]!),
    ...(endsParagraph(line, program.lines[number + 1]) ? [''] : []),
  ]);
  const text = body.join('\n');
  const parameters = Object.entries(program.parameters).map(
    ([key, value]) => `${propertyName(key)}: ${value}`,
  );
  const lists = constants.names;
  return new Map([
    [
      'circuit.ts',
      [
        `// ${title}, written by ${origin}.`,
        header,
        ...imports(formatsIn(text), lists, hints.length + functions.length > 0),
        '',
        `export const program = describe(${JSON.stringify(program.name)}, { ${parameters.join(', ')} }, (c) => {`,
        text,
        '});',
        '',
        '/** The constraints, gate by gate, and where the values of the program live among them. */',
        'export const circuit = lower(program);',
      ].join('\n'),
    ],
    ...(constants.isEmpty ? [] : [['constants.ts', constants.render()] as const]),
  ]);

  function renderStatement({ op, arguments: args, attributes }: Line, number: number): string {
    const parts = args.map((arg) => names[arg]!);
    if (Object.keys(attributes).length > 0)
      parts.push(renderAttributes(attributes, names[number]!, constants));
    const call = `c.${camelCase(op)}(${parts.join(', ')});`;
    // An assertion's value is that of its operand: often nothing takes it.
    return used.has(number) ? `const ${names[number]} = ${call}` : call;
  }
}

const header = `//
// Every statement is a line of the program. The operation that it calls (lib/ops) holds its constraints (\`lower\`), its
// meaning in integers (\`fixed\`) and in float64 (\`real\`), and the rule of its range (\`range\`). Behind it stands what was
// derived: format and shape, in [smallest, largest real value], a bound on the distance of fixed point from the reals, and
// the rows that it costs.`;

/** Behind the statement where there is room, else before it. */
function placeNote(statement: string, note: string): string[] {
  if (note === '') return [statement];
  const line = `${statement} // ${note}`;
  return line.length <= lineWidth - 2 ? [line] : [`// ${note}`, statement];
}

const endsParagraph = (line: Line, next: Line | undefined): boolean =>
  next !== undefined && (declaredOutput(line) !== undefined || (isInput(line) && !isInput(next)));

const isInput = (line: Line): boolean => declaredInput(line) !== undefined;

/** Names of formats that the statements use. */
const formatsIn = (text: string): string[] =>
  ['bit', 'digest', 'field', 'q', 'u'].filter((name) =>
    new RegExp(`[:\\[] ?${name}\\b(?=[(,} \\n])`).test(text),
  );

function imports(formats: readonly string[], lists: readonly string[], hints: boolean): string[] {
  return [
    ...(lists.length > 0 ? [`import { ${lists.join(', ')} } from './constants.js';`] : []),
    ...(hints ? ["import './hints.js';"] : []),
    ...(formats.length > 0 ? [`import { ${formats.join(', ')} } from './lib/ir/format.js';`] : []),
    "import { lower } from './lib/meanings/circuit.js';",
    "import { describe } from './lib/statements.js';",
  ];
}
