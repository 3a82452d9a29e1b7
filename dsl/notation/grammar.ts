// The grammar of index notation, in chevrotain:
//
//   statement  = [ name [ indices ] [ ':' value ] '=' ] condition
//   condition  = conjunction { '|' conjunction }
//   conjunction = relation { '&' relation }
//   relation   = expression { ( '<' | '<=' | '>' | '>=' | '==' ) expression }
//   expression = term { ( '+' | '-' ) term }
//   term       = factor { ( '*' | '/' ) factor }
//   factor     = '-' factor | 'sum' indices term | atom
//   atom       = number | value [ indices ] | name '(' condition { ',' condition } ')' | '(' condition ')'
//   indices    = '[' name { ',' name } ']'
//
// A sum takes the whole product that follows it, with its divisors, and ends before '+' and '-'.
import type { IParserErrorMessageProvider, IToken, ParserMethod, TokenType } from 'chevrotain';
import { onFirstUse } from '../../compiler/parsing/chevrotain.ts';
import type { Findings } from './findings.ts';
import {
  chain,
  logic,
  type Comparison,
  type Expression,
  type Factor,
  type Index,
  type Result,
  type Span,
  type Statement,
} from './syntax.ts';

const spanOf = ({ startOffset, image }: IToken): Span => ({
  start: startOffset,
  end: startOffset + image.length,
});

const grammar = onFirstUse(({ createToken, EmbeddedActionsParser, EOF, Lexer, tokenLabel }) => {
  const name = createToken({
    name: 'Name',
    pattern: /[A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff']*/,
    label: 'a name',
  });
  const sum = createToken({ name: 'Sum', pattern: 'sum', longer_alt: name, label: 'sum' });
  const value = createToken({ name: 'Value', pattern: /\$\{…\}/, label: '${…}' });
  const number = createToken({
    name: 'Number',
    pattern: /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/,
    label: 'a number',
  });
  const comparison = createToken({
    name: 'Comparison',
    pattern: /==|[<>]=?/,
    label: 'a comparison',
  });
  const sign = (title: string, character: string): TokenType =>
    createToken({ name: title, pattern: character, label: `"${character}"` });
  const equals = sign('Equals', '=');
  const plus = sign('Plus', '+');
  const minus = sign('Minus', '-');
  const [times, over] = [sign('Times', '*'), sign('Over', '/')];
  const colon = sign('Colon', ':');
  const [both, either] = [sign('And', '&'), sign('Or', '|')];
  const comma = sign('Comma', ',');
  const [open, close] = [sign('Open', '('), sign('Close', ')')];
  const [bracket, unbracket] = [sign('Bracket', '['), sign('Unbracket', ']')];
  const space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED });

  const tokens: TokenType[] = [space, value, number, sum, name, comparison, equals, plus, minus];
  tokens.push(times, over, colon, both, either, comma, open, close, bracket, unbracket);
  const lexer = new Lexer(tokens, { positionTracking: 'onlyOffset' });

  const show = ({ tokenType, image }: IToken): string =>
    tokenType === EOF ? 'the end' : tokenType === value ? '${…}' : `"${image}"`;

  const messages: IParserErrorMessageProvider = {
    buildMismatchTokenMessage: ({ expected, actual }) =>
      `expected ${tokenLabel(expected)}, found ${show(actual)}`,
    buildNotAllInputParsedMessage: ({ firstRedundant }) => `unexpected ${show(firstRedundant)}`,
    buildNoViableAltMessage: ({ actual }) =>
      `expected \${…}, a number, sum[…], a function or "(", found ${show(actual[0]!)}`,
    buildEarlyExitMessage: ({ actual }) => `unexpected ${show(actual[0]!)}`,
  };

  class NotationParser extends EmbeddedActionsParser {
    #values = 0;

    constructor() {
      super(tokens, { errorMessageProvider: messages });
      this.performSelfAnalysis();
    }

    begin(input: IToken[]): void {
      this.input = input;
      this.#values = 0;
    }

    readonly statement: ParserMethod<[], Statement> = this.RULE('statement', () => {
      const result = this.OPTION({
        GATE: () => this.input.some(({ tokenType }) => tokenType === equals),
        DEF: () => this.SUBRULE(this.result),
      });
      // The comparisons of an assertion are kept apart; bits that are combined are one side.
      const first = this.SUBRULE(this.comparisons);
      let whole: Expression | undefined;
      this.MANY(() => {
        this.CONSUME(both);
        const right = this.SUBRULE(this.relation);
        whole = this.ACTION(() =>
          logic('&', whole ?? chain(first.sides, first.comparisons), right),
        );
      });
      this.MANY2(() => {
        this.CONSUME(either);
        const right = this.SUBRULE(this.conjunction);
        whole = this.ACTION(() =>
          logic('|', whole ?? chain(first.sides, first.comparisons), right),
        );
      });
      const said = whole ? { sides: [whole], comparisons: [] } : first;
      return { ...(result ? { result } : {}), ...said };
    });

    readonly comparisons: ParserMethod<[], Omit<Statement, 'result'>> = this.RULE(
      'comparisons',
      () => {
        const sides = [this.SUBRULE(this.expression)];
        const comparisons: { is: Comparison; span: Span }[] = [];
        this.MANY(() => {
          const token = this.CONSUME(comparison);
          comparisons.push({ is: token.image as Comparison, span: spanOf(token) });
          sides.push(this.SUBRULE2(this.expression));
        });
        return { sides, comparisons };
      },
    );

    readonly relation: ParserMethod<[], Expression> = this.RULE('relation', (): Expression => {
      const { sides, comparisons } = this.SUBRULE(this.comparisons);
      return this.ACTION(() => chain(sides, comparisons));
    });

    readonly conjunction: ParserMethod<[], Expression> = this.RULE(
      'conjunction',
      (): Expression => {
        let left = this.SUBRULE(this.relation);
        this.MANY(() => {
          this.CONSUME(both);
          const right = this.SUBRULE2(this.relation);
          left = this.ACTION(() => logic('&', left, right));
        });
        return left;
      },
    );

    readonly condition: ParserMethod<[], Expression> = this.RULE('condition', (): Expression => {
      let left = this.SUBRULE(this.conjunction);
      this.MANY(() => {
        this.CONSUME(either);
        const right = this.SUBRULE2(this.conjunction);
        left = this.ACTION(() => logic('|', left, right));
      });
      return left;
    });

    readonly result: ParserMethod<[], Result> = this.RULE('result', (): Result => {
      const first = this.CONSUME(name);
      const indices = this.OPTION(() => this.SUBRULE(this.indices));
      const span = this.#since(first);
      const format = this.OPTION2(() => {
        this.CONSUME(colon);
        const token = this.CONSUME(value);
        return { place: this.ACTION(() => this.#values++), span: spanOf(token) };
      });
      this.CONSUME(equals);
      return { indices: indices ?? [], ...(format ? { format } : {}), span };
    });

    readonly indices: ParserMethod<[], Index[]> = this.RULE('indices', () => {
      const list: Index[] = [];
      this.CONSUME(bracket);
      this.AT_LEAST_ONE_SEP({
        SEP: comma,
        DEF: () => {
          const token = this.CONSUME(name);
          list.push({ name: token.image, span: spanOf(token) });
        },
      });
      this.CONSUME(unbracket);
      return list;
    });

    readonly expression: ParserMethod<[], Expression> = this.RULE('expression', (): Expression => {
      const first = this.LA(1);
      let left = this.SUBRULE(this.term);
      this.MANY(() => {
        const { tokenType } = this.OR([
          { ALT: () => this.CONSUME(plus) },
          { ALT: () => this.CONSUME(minus) },
        ]);
        const sign = tokenType === plus ? '+' : '-';
        const right = this.SUBRULE2(this.term);
        left = { kind: 'addition', sign, left, right, span: this.#since(first) };
      });
      return left;
    });

    readonly term: ParserMethod<[], Expression> = this.RULE('term', (): Expression => {
      const first = this.LA(1);
      const factors: Factor[] = [{ of: this.SUBRULE(this.factor), divides: false }];
      this.MANY(() => {
        const { tokenType } = this.OR([
          { ALT: () => this.CONSUME(times) },
          { ALT: () => this.CONSUME(over) },
        ]);
        factors.push({ of: this.SUBRULE2(this.factor), divides: tokenType === over });
      });
      if (factors.length === 1) return factors[0]!.of;
      return { kind: 'product', factors, span: this.#since(first) };
    });

    readonly factor: ParserMethod<[], Expression> = this.RULE('factor', (): Expression => {
      const first = this.LA(1);
      return this.OR([
        {
          ALT: (): Expression => {
            this.CONSUME(minus);
            const of = this.SUBRULE(this.factor);
            return { kind: 'negation', of, span: this.#since(first) };
          },
        },
        {
          ALT: (): Expression => {
            this.CONSUME(sum);
            const over = this.SUBRULE(this.indices);
            const body = this.SUBRULE(this.term);
            return { kind: 'sum', over, body, span: this.#since(first) };
          },
        },
        { ALT: (): Expression => this.SUBRULE(this.atom) },
      ]);
    });

    readonly atom: ParserMethod<[], Expression> = this.RULE('atom', (): Expression => {
      const first = this.LA(1);
      return this.OR([
        {
          ALT: (): Expression => {
            const { image } = this.CONSUME(number);
            return { kind: 'number', text: image, span: this.#since(first) };
          },
        },
        {
          ALT: (): Expression => {
            this.CONSUME(value);
            const place = this.ACTION(() => this.#values++);
            const indices = this.OPTION(() => this.SUBRULE(this.indices));
            const span = this.#since(first);
            return { kind: 'value', place, ...(indices ? { indices } : {}), span };
          },
        },
        { ALT: (): Expression => this.SUBRULE(this.named) },
        {
          ALT: (): Expression => {
            this.CONSUME(open);
            const inner = this.SUBRULE(this.condition);
            this.CONSUME(close);
            return { ...inner, span: this.#since(first) };
          },
        },
      ]);
    });

    /** A call, or a name that is no value, which is said later. */
    readonly named: ParserMethod<[], Expression> = this.RULE('named', (): Expression => {
      const token = this.CONSUME(name);
      const own = { name: token.image, span: spanOf(token) };
      const called = this.OPTION(() => {
        const list: Expression[] = [];
        this.CONSUME(open);
        this.MANY_SEP({
          SEP: comma,
          DEF: () => list.push(this.SUBRULE(this.condition)),
        });
        this.CONSUME(close);
        return list;
      });
      this.OPTION2({ GATE: () => !called, DEF: () => this.SUBRULE(this.indices) });
      if (called) return { kind: 'call', name: own, arguments: called, span: this.#since(token) };
      return { kind: 'name', name: own.name, span: this.#since(token) };
    });

    /** From a token to the last one that was read. */
    #since(first: IToken): Span {
      return { start: first.startOffset, end: spanOf(this.LA(0)).end };
    }
  }

  return { lexer, parser: new NotationParser(), end: EOF };
});

const hint =
  'e.g. r[b,i] = sum[j] ${C}[b,i,j] * ${x}[b,j]; operators are + - * /, comparisons, & and |, functions sum[…], where(mask, a, b), max, min, abs, sqrt, rsqrt and reciprocal';

/** What the text says. Throws a LetheError with every character that means nothing, or with the first mistake. */
export function parse(findings: Findings): Statement {
  const { text } = findings.source;
  const { lexer, parser, end: endOfText } = grammar();
  const { tokens: read, errors } = lexer.tokenize(text);
  for (const { offset, length } of errors) {
    const span = { start: offset, end: offset + length };
    findings.add('bad-template', `unexpected "${text.slice(offset, span.end)}"`, hint, span);
  }
  findings.throwIfAny();
  parser.begin(read);
  const statement = parser.statement();
  const [error] = parser.errors;
  if (!error) return statement;
  const end = text.trimEnd().length;
  const span = error.token.tokenType === endOfText ? { start: end, end } : spanOf(error.token);
  return findings.refuse('bad-template', error.message, hint, span);
}
