// From text to the program that it prints: parse(print(p)) is p, but for where its lines were written. Nothing is
// simplified. A line with a mistake has a value of which nothing is known: what uses it is not blamed.
import {
  at,
  isLetheError,
  LetheError,
  type Diagnostic,
  type SourceLine,
} from '../../diagnostics/diagnostic.ts';
import { findOp, ops } from '../../ops/index.ts';
import type { Op } from '../../ops/op.ts';
import { refuseOpen } from '../../ir/open.ts';
import { ProgramBuilder } from '../builder.ts';
import type { WorkLimit } from '../work.ts';
import { renderType, type Attributes, type Program } from '../../ir/program.ts';
import { readAttributes, readParameters, readType, type Report } from './parts.ts';
import { checkLength, mostFindings } from './limits.ts';
import { readText } from './read.ts';
import type { Operation, Place, Reading } from './syntax.ts';
import { isInput, Values } from './values.ts';

/** Throws a LetheError with all findings, in the order of the text; they call it `file`. `too-large` for a text that is too long. */
export function parse(text: string, file = 'text', limit: WorkLimit = {}): Program {
  checkLength(text, file);
  return parseReading(readText(text), file, limit);
}

/** As `parse`, for a text that has been read. */
export function parseReading(reading: Reading, file: string, limit: WorkLimit = {}): Program {
  const parser = new Parser(file, reading, limit);
  const program = parser.program();
  if (parser.findings.length === 0) return program;
  throw new LetheError(parser.findings.sort(inOrder).slice(0, mostFindings));
}

const inOrder = ({ where: a }: Diagnostic, { where: b }: Diagnostic): number =>
  a!.line - b!.line || a!.column - b!.column;

class Parser {
  readonly findings: Diagnostic[] = [];
  readonly #builder: ProgramBuilder;
  readonly #values: Values;

  constructor(
    private readonly file: string,
    private readonly reading: Reading,
    limit: WorkLimit,
  ) {
    this.#builder = new ProgramBuilder(refuseOpen, limit);
    this.#values = new Values(reading.lines, this.#report);
  }

  program(): Program {
    const { header, lines, findings } = this.reading;
    for (const { place, message, hint } of findings) this.#report('bad-text', place, message, hint);
    const parameters = header ? readParameters(header, this.#report) : {};
    for (const line of lines)
      this.#values.define(line, 'op' in line ? this.#line(line) : undefined);
    return this.#builder.finish(header?.name ?? '', parameters);
  }

  readonly #report: Report = (code, place, message, hint) => {
    this.findings.push({ code, message, hint, where: this.#where(place) });
    return undefined;
  };

  /** The number of the line, unless it has a mistake. */
  #line(line: Operation): number | undefined {
    if (isInput(line)) return this.#input(line);
    const op = this.#attempt(line.op.place, () => findOp(line.op.text));
    const args = line.operands.map((operand) => this.#values.find(operand));
    if (!op) return undefined;
    if (op.port?.input)
      return this.#report(
        'bad-input',
        line.place,
        `${op.name} is not written out`,
        'an input reads "secret x : q24.20[2,8]" or "public x : …"',
      );
    this.#checkName(line, op);
    const type = line.type && readType(line.type, this.#report);
    if (op.declared && !line.type)
      this.#report(
        'missing-type',
        line.op.place,
        `${op.name} has no type`,
        'it ends with one, as in ": q24.20[2,8]"',
      );
    const attributes = readAttributes(op, line, type, this.#report);
    if (!attributes || !args.every((argument) => argument !== undefined)) return undefined;
    const value = this.#append(line, op.name, args, attributes);
    if (value === undefined || op.effect) return value;
    const derived = renderType(this.#builder.typeOf(value));
    if (!line.type)
      this.#report(
        'missing-type',
        line.op.place,
        `${op.name} has the type ${derived}, which is not written`,
        `end the line with ": ${derived}"`,
      );
    else if (type && renderType(type) !== derived)
      this.#report(
        'wrong-type',
        line.type.format.place,
        `${op.name} has the type ${derived} here, not ${renderType(type)}`,
        `write ": ${derived}", or change what it is computed from`,
      );
    return value;
  }

  /** `secret x : q8.0[2]`; between name and type, what an input may have besides. */
  #input(line: Operation): number | undefined {
    const { op, operands, label, type } = line;
    const [name] = operands;
    if (!name || operands.length > 1 || label || !type)
      return this.#report(
        'bad-input',
        line.place,
        `an input has one name and a type`,
        `${op.text} ${name?.text ?? 'x'} : q24.20[2,8]`,
      );
    const read = readType(type, this.#report);
    const declared = [...ops.values()].find(({ port }) => port?.input)!;
    const attributes = readAttributes(optionalPart(declared), line, read, this.#report);
    if (!read || !attributes) return undefined;
    return this.#append(line, declared.name, [], {
      name: name.text,
      visibility: op.text,
      ...attributes,
      ...read,
    });
  }

  /** Values have a name, effects have none. */
  #checkName({ label, op, type }: Operation, { name, effect }: Op): void {
    if (!effect && !label)
      this.#report(
        'missing-name',
        op.place,
        `nothing can refer to the value of this ${name}`,
        `give it a number: %3 = ${name} …`,
      );
    if (effect && (label ?? type))
      this.#report(
        'no-value',
        label?.place ?? type!.format.place,
        `${name} has no value`,
        'remove what stands before "=" and after ":"',
      );
    if (label) this.#values.checkNew(label);
  }

  #append({ place }: Operation, op: string, args: readonly number[], attributes: Attributes) {
    const where = this.#where(place);
    return this.#attempt(place, () => this.#builder.append(op, args, attributes, where));
  }

  #attempt<T>(place: Place, action: () => T): T | undefined {
    try {
      return at(this.#where(place), action);
    } catch (error) {
      if (!isLetheError(error)) throw error;
      // Whatever follows a line that asks for too much would do so, too.
      const isNew = ({ code }: Diagnostic): boolean =>
        code !== 'too-much-work' || this.findings.every((known) => known.code !== code);
      this.findings.push(...error.diagnostics.filter(isNew));
      return undefined;
    }
  }

  #where = ({ line, column }: Place): SourceLine => ({ file: this.file, line, column });
}

/** The op with the attributes that may be left out. */
function optionalPart(op: Op): Op {
  const kinds = Object.entries(op.attributes ?? {}).filter(([, kind]) => kind.endsWith('?'));
  return { ...op, attributes: Object.fromEntries(kinds) };
}
