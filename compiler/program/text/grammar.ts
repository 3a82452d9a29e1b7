// The grammar of programs as text, in chevrotain; nothing here knows any op. A line of text is read by itself, so that
// a mistake in one does not hide those in others.
//
//   circuit NAME [KEY=WHOLE-NUMBER …]
//   [%NUMBER =] WORD OPERAND … KEY=LITERAL … [: FORMAT[LENGTH,…]]      # to the end of the line
import type {
  IParserErrorMessageProvider,
  IRecognitionException,
  IToken,
  TokenType,
} from 'chevrotain';
import { onFirstUse } from '../../parsing/chevrotain.ts';
import type {
  Finding,
  Header,
  Literal,
  Operation,
  Pair,
  Place,
  Scalar,
  TypeText,
  Word,
} from './syntax.ts';

/** From a quote to the next that no backslash precedes, or to the end of the line; `tokenize` looks at what is inside. */
function matchString(text: string, start: number): [string] | null {
  if (text[start] !== '"') return null;
  for (let at = start + 1; ; at++) {
    if (at >= text.length || text[at] === '\n' || text[at] === '\r') return [text.slice(start, at)];
    if (text[at] === '"') return [text.slice(start, at + 1)];
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at++;
  }
}

export const excerpt = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);

export const headerHint = 'circuit group-obs [blocks=2 size=4]';
const lineHint = '%3 = add x %2 : q9.0[2]; attributes are key=value';

/** What the innermost rule that failed looks like. */
const hints: Readonly<Record<string, string>> = {
  header: headerHint,
  name: headerHint,
  type: 'a format and a shape: q24.20[2,8], or bit[] for one bit',
};

export const placeOf = ({ startLine, startColumn }: IToken): Place => ({
  line: startLine ?? 0,
  column: startColumn ?? 0,
});

const word = (token: IToken): Word => ({ text: token.image, place: placeOf(token) });

/** What a string means, by the rules of JSON. */
function meaningOf({ image }: IToken): string | undefined {
  try {
    return JSON.parse(image) as string;
  } catch {
    return undefined;
  }
}

const unquoted = (token: IToken): Word => ({ ...word(token), text: meaningOf(token) ?? '' });

const grammar = onFirstUse(({ createToken, EmbeddedActionsParser, EOF, Lexer }) => {
  const Newline = createToken({ name: 'Newline', pattern: /\r\n|\r|\n/, line_breaks: true });
  const Space = createToken({ name: 'Space', pattern: /[ \t\uFEFF]+/, group: Lexer.SKIPPED });
  const Comment = createToken({ name: 'Comment', pattern: /#[^\r\n]*/, group: 'comments' });
  const Value = createToken({ name: 'Value', label: 'a value (%3)', pattern: /%\d+/ });
  const Name = createToken({ name: 'Name', label: 'a word', pattern: /[A-Za-z_][\w.-]*/ });
  const Text = createToken({
    name: 'Text',
    label: 'a string',
    pattern: matchString,
    start_chars_hint: ['"'],
    line_breaks: false,
  });
  const Digits = createToken({
    name: 'Digits',
    label: 'a number',
    pattern: /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/,
  });
  const sign = (pattern: string): TokenType =>
    createToken({ name: `Sign ${pattern}`, label: `"${pattern}"`, pattern });
  const [Equals, Colon, Comma, Open, Close] = [
    sign('='),
    sign(':'),
    sign(','),
    sign('['),
    sign(']'),
  ];

  const tokens = [Newline, Space, Comment, Value, Name, Text, Digits];
  tokens.push(Equals, Colon, Comma, Open, Close);

  const lexer = new Lexer(tokens, { positionTracking: 'onlyStart' });

  const found = (token: IToken): string =>
    token.tokenType === EOF ? 'the line ends' : `${excerpt(token.image)} stands`;

  const expected = (types: readonly (TokenType | undefined)[], actual: IToken): string => {
    const labels = new Set(types.map((type) => type?.LABEL));
    return `${[...labels].join(' or ')} is expected where ${found(actual)}`;
  };

  const messages: IParserErrorMessageProvider = {
    buildMismatchTokenMessage: ({ expected: type, actual }) => expected([type], actual),
    buildNotAllInputParsedMessage: ({ firstRedundant }) =>
      `the line should end: ${excerpt(firstRedundant.image)} is left over`,
    buildNoViableAltMessage: ({ expectedPathsPerAlt, actual }) =>
      expected(
        expectedPathsPerAlt.flat().map(([first]) => first),
        actual[0]!,
      ),
    buildEarlyExitMessage: ({ expectedIterationPaths, actual }) =>
      expected(
        expectedIterationPaths.map(([first]) => first),
        actual[0]!,
      ),
  };

  class Grammar extends EmbeddedActionsParser {
    constructor() {
      super(tokens, { errorMessageProvider: messages, maxLookahead: 2 });
      this.performSelfAnalysis();
    }

    readonly header = this.RULE('header', (): Header => {
      const { place } = word(this.CONSUME(Name));
      const name = this.SUBRULE(this.name);
      const parameters: { key: Word; value: Word }[] = [];
      this.OPTION(() => {
        this.CONSUME(Open);
        this.MANY(() => {
          const key = this.SUBRULE1(this.name);
          this.CONSUME(Equals);
          parameters.push({ key, value: word(this.CONSUME(Digits)) });
        });
        this.CONSUME(Close);
      });
      return { place, name: this.ACTION(() => name.text), parameters };
    });

    /** A word, or a string of what is no word. */
    readonly name = this.RULE('name', (): Word =>
      this.OR([
        { ALT: () => word(this.CONSUME(Name)) },
        { ALT: () => unquoted(this.CONSUME(Text)) },
      ]),
    );

    readonly line = this.RULE('line', (): Operation => {
      const [operands, attributes]: [Word[], Pair[]] = [[], []];
      const label = this.OPTION(() => {
        const value = word(this.CONSUME(Value));
        this.CONSUME(Equals);
        return value;
      });
      const op = word(this.CONSUME(Name));
      this.MANY(() =>
        this.OR([
          { ALT: () => attributes.push(this.SUBRULE(this.attribute)) },
          { ALT: () => operands.push(this.SUBRULE(this.operand)) },
        ]),
      );
      const type = this.OPTION1(() => {
        this.CONSUME(Colon);
        return this.SUBRULE(this.type);
      });
      const given = { ...(label ? { label } : {}), ...(type ? { type } : {}) };
      return { place: (label ?? op).place, op, operands, attributes, ...given };
    });

    readonly operand = this.RULE('operand', (): Word =>
      this.OR([{ ALT: () => word(this.CONSUME(Value)) }, { ALT: () => word(this.CONSUME(Name)) }]),
    );

    readonly attribute = this.RULE('attribute', (): Pair => {
      const key = word(this.CONSUME(Name));
      this.CONSUME(Equals);
      const { place } = word(this.LA(1));
      return { key, value: this.SUBRULE(this.literal), place };
    });

    readonly literal = this.RULE('literal', (): Literal =>
      this.OR<Literal>([
        { ALT: () => this.SUBRULE(this.scalar) },
        { ALT: () => ({ kind: 'list', items: this.SUBRULE(this.list) }) },
      ]),
    );

    readonly list = this.RULE('list', (): Scalar[] => {
      const items: Scalar[] = [];
      this.CONSUME(Open);
      this.MANY_SEP({ SEP: Comma, DEF: () => items.push(this.SUBRULE(this.scalar)) });
      this.CONSUME(Close);
      return items;
    });

    readonly scalar = this.RULE('scalar', (): Scalar =>
      this.OR<Scalar>([
        { ALT: () => ({ kind: 'number', text: this.CONSUME(Digits).image }) },
        { ALT: () => ({ kind: 'string', text: unquoted(this.CONSUME(Text)).text }) },
        { ALT: () => ({ kind: 'word', text: this.CONSUME(Name).image }) },
      ]),
    );

    readonly type = this.RULE('type', (): TypeText => {
      const format = word(this.CONSUME(Name));
      const lengths: string[] = [];
      this.CONSUME(Open);
      this.MANY_SEP({ SEP: Comma, DEF: () => lengths.push(this.CONSUME(Digits).image) });
      this.CONSUME(Close);
      return { format, lengths };
    });
  }

  return { lexer, parser: new Grammar(), newline: Newline, string: Text, end: EOF };
});

export type Token = IToken;

export interface Tokens {
  /** One list for each line of text that has any. */
  readonly lines: readonly (readonly Token[])[];
  readonly comments: readonly Word[];
  /** What is no token, and strings that mean nothing. */
  readonly strange: readonly Word[];
}

export function tokenize(text: string): Tokens {
  const { lexer, newline, string } = grammar();
  const { tokens: all, groups, errors } = lexer.tokenize(text);
  const lines: Token[][] = [[]];
  for (const token of all)
    if (token.tokenType === newline) lines.push([]);
    else lines.at(-1)!.push(token);
  return {
    lines: lines.filter(({ length }) => length > 0),
    comments: groups['comments']!.map(word),
    strange: [
      ...errors.map(({ offset, length, line = 1, column = 1 }) => ({
        text: text.slice(offset, offset + length),
        place: { line, column },
      })),
      ...all
        .filter((token) => token.tokenType === string && meaningOf(token) === undefined)
        .map(word),
    ],
  };
}

/** The line, or why it is none. */
export function parseLine(line: readonly Token[], rule: 'header'): Header | Finding;
export function parseLine(line: readonly Token[], rule: 'line'): Operation | Finding;
export function parseLine(line: readonly Token[], rule: 'header' | 'line') {
  const { parser } = grammar();
  parser.input = [...line];
  const result = parser[rule]();
  const [error] = parser.errors;
  return error ? explain(error, line.at(-1)!) : result;
}

function explain({ message, token, context }: IRecognitionException, last: Token): Finding {
  const { line, column } = placeOf(last);
  const place =
    token.tokenType === grammar().end
      ? { line, column: column + last.image.length }
      : placeOf(token);
  return { place, message, hint: hints[context.ruleStack.at(-1)!] ?? lineHint };
}
