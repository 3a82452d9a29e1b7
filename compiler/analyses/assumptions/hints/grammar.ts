// The grammar of hints, in chevrotain:
//
//   hint      = '(' '[' name { ',' name } ']' ')' '=>' ( tensor | '{' 'return' tensor ';' '}' )
//   tensor    = name [ '.' 'map' '(' element ')' ]
//   element   = 'Math' '.' name | ( name | '(' name [ ',' name ] ')' ) '=>' ( choice | '{' 'return' choice ';' '}' )
//   choice    = either [ '?' choice ':' choice ]
//   either    = both { '||' both }
//   both      = relation { '&&' relation }
//   relation  = sum [ ( '<' | '<=' | '>' | '>=' | '===' ) sum ]
//   sum       = product { ( '+' | '-' ) product }
//   product   = sign { ( '*' | '/' ) sign }
//   sign      = '-' sign | power
//   power     = atom [ '**' sign ]
//   atom      = number | name [ '[' name ']' ] | 'Math' '.' name '(' choice { ',' choice } ')' | '(' choice ')'
import type { IToken, ParserMethod, TokenType } from 'chevrotain';
import { onFirstUse } from '../../../parsing/chevrotain.ts';
import type { Comparison, ElementSyntax, HintSyntax, Node, Operator } from './syntax.ts';

const grammar = onFirstUse(({ createToken, EmbeddedActionsParser, Lexer }) => {
  const name = createToken({ name: 'Name', pattern: /[A-Za-z_$][\w$]*/ });
  const word = (title: string, pattern: string): TokenType =>
    createToken({ name: title, pattern, longer_alt: name });
  const [math, returns, map] = [word('Math', 'Math'), word('Return', 'return'), word('Map', 'map')];
  const number = createToken({
    name: 'Number',
    // Not 010, which is 8 outside of modules.
    pattern: /(?:(?:0(?![\d_])|[1-9][\d_]*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/,
  });
  const comparison = createToken({ name: 'Comparison', pattern: /===|[<>]=?/ });
  const sign = (title: string, pattern: string): TokenType => createToken({ name: title, pattern });
  const [arrow, power] = [sign('Arrow', '=>'), sign('Power', '**')];
  const [both, either] = [sign('Both', '&&'), sign('Either', '||')];
  const [ask, colon] = [sign('Ask', '?'), sign('Colon', ':')];
  // Not --v, which changes v.
  const minus = createToken({ name: 'Minus', pattern: /-(?!-)/ });
  const plus = sign('Plus', '+');
  const [times, over] = [sign('Times', '*'), sign('Over', '/')];
  const [comma, dot, semicolon] = [sign('Comma', ','), sign('Dot', '.'), sign('Semicolon', ';')];
  const [open, close] = [sign('Open', '('), sign('Close', ')')];
  const [bracket, unbracket] = [sign('Bracket', '['), sign('Unbracket', ']')];
  const [brace, unbrace] = [sign('Brace', '{'), sign('Unbrace', '}')];
  const skipped = createToken({
    name: 'Skipped',
    pattern: /\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//,
    line_breaks: true,
    group: Lexer.SKIPPED,
  });
  const tokens: TokenType[] = [skipped, math, returns, map, name, number, arrow, comparison];
  tokens.push(power, both, either, ask, colon, plus, minus, times, over, comma, dot, semicolon);
  tokens.push(open, close, bracket, unbracket, brace, unbrace);

  class HintParser extends EmbeddedActionsParser {
    constructor() {
      super(tokens, { maxLookahead: 4 });
      this.performSelfAnalysis();
    }

    readonly hint: ParserMethod<[], HintSyntax> = this.RULE('hint', () => {
      const names: string[] = [];
      this.CONSUME(open);
      this.CONSUME(bracket);
      this.AT_LEAST_ONE_SEP({ SEP: comma, DEF: () => names.push(this.CONSUME(name).image) });
      this.CONSUME(unbracket);
      this.CONSUME(close);
      this.CONSUME(arrow);
      const tensor = this.OR([
        { ALT: () => this.SUBRULE(this.tensor) },
        {
          ALT: () => {
            this.CONSUME(brace);
            this.CONSUME(returns);
            const returned = this.SUBRULE2(this.tensor);
            this.OPTION(() => this.CONSUME(semicolon));
            this.CONSUME(unbrace);
            return returned;
          },
        },
      ]);
      return { arguments: names, ...tensor };
    });

    readonly tensor: ParserMethod<[], Pick<HintSyntax, 'over' | 'element'>> = this.RULE(
      'tensor',
      () => {
        const { image } = this.CONSUME(name);
        const element = this.OPTION(() => {
          this.CONSUME(dot);
          this.CONSUME(map);
          this.CONSUME(open);
          const read = this.SUBRULE(this.element);
          this.OPTION2(() => this.CONSUME(comma));
          this.CONSUME(close);
          return read;
        });
        return { over: image, ...(element ? { element } : {}) };
      },
    );

    readonly element: ParserMethod<[], ElementSyntax> = this.RULE('element', () =>
      this.OR([
        {
          ALT: (): ElementSyntax => {
            const called = this.SUBRULE(this.mathName);
            const value: Node = { kind: 'name', name: 'value' };
            return {
              value: 'value',
              body: { kind: 'call', function: called, arguments: [value] },
            };
          },
        },
        {
          ALT: (): ElementSyntax => {
            const value = this.CONSUME(name).image;
            return { value, body: this.SUBRULE(this.body) };
          },
        },
        {
          ALT: (): ElementSyntax => {
            this.CONSUME(open);
            const value = this.CONSUME2(name).image;
            const index = this.OPTION(() => {
              this.CONSUME(comma);
              return this.CONSUME3(name).image;
            });
            this.CONSUME(close);
            return {
              value,
              ...(index === undefined ? {} : { index }),
              body: this.SUBRULE2(this.body),
            };
          },
        },
      ]),
    );

    readonly body: ParserMethod<[], Node> = this.RULE('body', (): Node => {
      this.CONSUME(arrow);
      return this.OR([
        { ALT: () => this.SUBRULE(this.choice) },
        {
          ALT: () => {
            this.CONSUME(brace);
            this.CONSUME(returns);
            const returned = this.SUBRULE2(this.choice);
            this.OPTION(() => this.CONSUME(semicolon));
            this.CONSUME(unbrace);
            return returned;
          },
        },
      ]);
    });

    readonly choice: ParserMethod<[], Node> = this.RULE('choice', (): Node => {
      const when = this.SUBRULE(this.either);
      const sides = this.OPTION(() => {
        this.CONSUME(ask);
        const then = this.SUBRULE(this.choice);
        this.CONSUME(colon);
        return { then, otherwise: this.SUBRULE2(this.choice) };
      });
      return sides ? { kind: 'choice', when, ...sides } : when;
    });

    readonly either: ParserMethod<[], Node> = this.RULE('either', (): Node => {
      let left = this.SUBRULE(this.both);
      this.MANY(() => {
        this.CONSUME(either);
        left = { kind: 'logic', is: '||', left, right: this.SUBRULE2(this.both) };
      });
      return left;
    });

    readonly both: ParserMethod<[], Node> = this.RULE('both', (): Node => {
      let left = this.SUBRULE(this.relation);
      this.MANY(() => {
        this.CONSUME(both);
        left = { kind: 'logic', is: '&&', left, right: this.SUBRULE2(this.relation) };
      });
      return left;
    });

    readonly relation: ParserMethod<[], Node> = this.RULE('relation', (): Node => {
      const left = this.SUBRULE(this.sum);
      const compared = this.OPTION(() => {
        const is = this.CONSUME(comparison).image as Comparison;
        return { is, right: this.SUBRULE2(this.sum) };
      });
      return compared ? { kind: 'comparison', left, ...compared } : left;
    });

    readonly sum: ParserMethod<[], Node> = this.RULE('sum', (): Node => {
      let left = this.SUBRULE(this.product);
      this.MANY(() => {
        const { image } = this.OR([
          { ALT: () => this.CONSUME(plus) },
          { ALT: () => this.CONSUME(minus) },
        ]);
        left = { kind: 'binary', is: image as Operator, left, right: this.SUBRULE2(this.product) };
      });
      return left;
    });

    readonly product: ParserMethod<[], Node> = this.RULE('product', (): Node => {
      let left = this.SUBRULE(this.sign);
      this.MANY(() => {
        const { image } = this.OR([
          { ALT: () => this.CONSUME(times) },
          { ALT: () => this.CONSUME(over) },
        ]);
        left = { kind: 'binary', is: image as Operator, left, right: this.SUBRULE2(this.sign) };
      });
      return left;
    });

    readonly sign: ParserMethod<[], Node> = this.RULE('sign', (): Node =>
      this.OR([
        {
          ALT: (): Node => {
            this.CONSUME(minus);
            return { kind: 'negation', of: this.SUBRULE(this.sign) };
          },
        },
        { ALT: (): Node => this.SUBRULE(this.power) },
      ]),
    );

    readonly power: ParserMethod<[], Node> = this.RULE('power', (): Node => {
      const left = this.SUBRULE(this.atom);
      const right = this.OPTION(() => {
        this.CONSUME(power);
        return this.SUBRULE(this.sign);
      });
      return right ? { kind: 'binary', is: '**', left, right } : left;
    });

    readonly atom: ParserMethod<[], Node> = this.RULE('atom', (): Node =>
      this.OR([
        {
          ALT: (): Node => {
            const { image } = this.CONSUME(number);
            return { kind: 'number', value: Number(image.replaceAll('_', '')) };
          },
        },
        {
          ALT: (): Node => {
            const called = this.SUBRULE(this.mathName);
            const list: Node[] = [];
            this.CONSUME(open);
            this.AT_LEAST_ONE_SEP({ SEP: comma, DEF: () => list.push(this.SUBRULE(this.choice)) });
            this.CONSUME(close);
            return { kind: 'call', function: called, arguments: list };
          },
        },
        {
          ALT: (): Node => {
            const { image } = this.CONSUME(name);
            const index = this.OPTION(() => {
              this.CONSUME(bracket);
              const at = this.CONSUME2(name).image;
              this.CONSUME(unbracket);
              return at;
            });
            return index === undefined
              ? { kind: 'name', name: image }
              : { kind: 'item', name: image, index };
          },
        },
        {
          ALT: (): Node => {
            this.CONSUME2(open);
            const inner = this.SUBRULE2(this.choice);
            this.CONSUME2(close);
            return inner;
          },
        },
      ]),
    );

    readonly mathName: ParserMethod<[], string> = this.RULE('mathName', () => {
      this.CONSUME(math);
      this.CONSUME(dot);
      return this.CONSUME(name).image;
    });
  }

  return { lexer: new Lexer(tokens, { positionTracking: 'onlyOffset' }), parser: new HintParser() };
});

/** Longer code, or code that is nested deeper, could need more stack than there is. */
const [mostTokens, mostDepth] = [1000, 50];

function isTooLong(tokens: readonly IToken[]): boolean {
  let [depth, deepest] = [0, 0];
  for (const { image } of tokens) {
    if (image === '(') depth++;
    if (image === ')') depth--;
    deepest = Math.max(deepest, depth);
  }
  return tokens.length > mostTokens || deepest > mostDepth;
}

/** Undefined where the code is more than the grammar has. */
export function parseHint(code: string): HintSyntax | undefined {
  const { lexer, parser } = grammar();
  const { tokens, errors } = lexer.tokenize(code);
  if (errors.length > 0 || isTooLong(tokens)) return undefined;
  parser.input = tokens;
  const read = parser.hint();
  return parser.errors.length > 0 ? undefined : read;
}
