// A hint as a formula of one element of each argument, read from its code.
import { findHint } from '../../../ops/shared/hints.ts';
import { parseHint } from './grammar.ts';
import { sizeOfFormula } from './size.ts';
import type { Comparison, HintSyntax, Node } from './syntax.ts';

export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  /** The argument's element at the place of the result's element. */
  | { readonly kind: 'element'; readonly argument: number }
  | {
      readonly kind: 'operation';
      readonly is: '+' | '-' | '*' | '/' | 'max' | 'min';
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'root'; readonly of: Formula }
  | {
      readonly kind: 'choice';
      readonly when: Condition;
      readonly then: Formula;
      readonly otherwise: Formula;
    };

export type Condition =
  | {
      readonly kind: 'comparison';
      readonly is: Comparison;
      readonly left: Formula;
      readonly right: Formula;
    }
  | {
      readonly kind: 'logic';
      readonly is: '&&' | '||';
      readonly left: Condition;
      readonly right: Condition;
    };

/** The reason why a hint's code cannot be read, in words that continue "its code …". */
export class Unreadable extends Error {}

const mostParts = 1000;

/** `count` arguments are given. Throws Unreadable, and a LetheError where no module has defined the hint. */
export function readHint(name: string, count: number): Formula {
  // The hint's own toString could return anything.
  const code = Function.prototype.toString.call(findHint(name));
  const syntax = parseHint(code);
  if (!syntax)
    throw new Unreadable(
      'is not one expression of each element, as in ([x]) => x.map((v) => Math.max(0, v))',
    );
  const scope = { ...syntax, argumentOf: argumentsOf(syntax, count) };
  if (!scope.element) return element(scope, syntax.over);
  const formula = new Reader(scope).formula(scope.element.body);
  if (sizeOfFormula(formula) > mostParts) throw new Unreadable('is too large a formula');
  return formula;
}

type Scope = HintSyntax & { readonly argumentOf: ReadonlyMap<string, number> };

const argumentsOf = (syntax: HintSyntax, count: number): Map<string, number> =>
  new Map(syntax.arguments.slice(0, count).map((name, i) => [name, i]));

function element({ argumentOf }: Scope, name: string): Formula {
  const argument = argumentOf.get(name);
  if (argument === undefined)
    throw new Unreadable(`reads \`${name}\`, which is none of its arguments`);
  return { kind: 'element', argument };
}

const number = (value: number): Formula => ({ kind: 'number', value });

class Reader {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  formula(node: Node): Formula {
    const { element: own, over } = this.#scope;
    switch (node.kind) {
      case 'number':
        return number(node.value);
      case 'name':
        if (node.name === own?.value) return element(this.#scope, over);
        throw new Unreadable(
          `reads \`${node.name}\`, whose value is not in it: write the number itself`,
        );
      case 'item':
        if (node.index !== own?.index)
          throw new Unreadable(`reads \`${node.name}[${node.index}]\`, which is another element`);
        return element(this.#scope, node.name);
      case 'negation': {
        const of = this.formula(node.of);
        return of.kind === 'number' ? number(-of.value) : operation('-', number(0), of);
      }
      case 'binary': {
        const [left, right] = [this.formula(node.left), this.formula(node.right)];
        return node.is === '**' ? powerOf(left, right) : operation(node.is, left, right);
      }
      case 'call':
        return this.#call(
          node.function,
          node.arguments.map((each) => this.formula(each)),
        );
      case 'choice': {
        const [then, otherwise] = [this.formula(node.then), this.formula(node.otherwise)];
        return { kind: 'choice', when: this.#condition(node.when), then, otherwise };
      }
      case 'comparison':
      case 'logic':
        throw new Unreadable('takes a condition for a number: write 1 and 0 with ? and :');
    }
  }

  #condition(node: Node): Condition {
    switch (node.kind) {
      case 'comparison': {
        const [left, right] = [this.formula(node.left), this.formula(node.right)];
        return { kind: 'comparison', is: node.is, left, right };
      }
      case 'logic': {
        const [left, right] = [this.#condition(node.left), this.#condition(node.right)];
        return { kind: 'logic', is: node.is, left, right };
      }
      default:
        throw new Unreadable('takes a number for a condition: write the comparison');
    }
  }

  #call(name: string, args: readonly Formula[]): Formula {
    const [first, ...others] = args as [Formula, ...Formula[]];
    switch (name) {
      case 'max':
      case 'min':
        if (others.length === 0) throw new Unreadable(`calls Math.${name} with one number`);
        return others.reduce((left, right) => operation(name, left, right), first);
      case 'abs':
        return operation('max', first, operation('-', number(0), first));
      case 'sqrt':
        return { kind: 'root', of: first };
      case 'pow':
        if (others.length === 1) return powerOf(first, others[0]!);
    }
    throw new Unreadable(`calls Math.${name}: max, min, abs, sqrt and pow can be read`);
  }
}

/** Numbers are combined as the code combines them. */
function operation(
  is: Extract<Formula, { kind: 'operation' }>['is'],
  left: Formula,
  right: Formula,
): Formula {
  if (left.kind !== 'number' || right.kind !== 'number')
    return { kind: 'operation', is, left, right };
  return number(combined[is](left.value, right.value));
}

/** Float64, by operation. */
export const combined = {
  '+': (a: number, b: number): number => a + b,
  '-': (a: number, b: number): number => a - b,
  '*': (a: number, b: number): number => a * b,
  '/': (a: number, b: number): number => a / b,
  max: (a: number, b: number): number => Math.max(a, b),
  min: (a: number, b: number): number => Math.min(a, b),
} as const;

const mostFactors = 8;

function powerOf(base: Formula, exponent: Formula): Formula {
  if (exponent.kind !== 'number') throw new Unreadable('has an exponent that is no number');
  const { value } = exponent;
  if (base.kind === 'number') return number(base.value ** value);
  if (value === 0.5) return { kind: 'root', of: base };
  if (value < 0) return operation('/', number(1), powerOf(base, number(-value)));
  if (!Number.isInteger(value) || value < 1 || value > mostFactors)
    throw new Unreadable(`has the exponent ${value}: 1 to ${mostFactors}, and 0.5, can be read`);
  return Array.from({ length: value }, () => base).reduce<Formula>(
    (a, b) => operation('*', a, b),
    number(1),
  );
}
