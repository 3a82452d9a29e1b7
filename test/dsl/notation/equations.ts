// Random equations in index notation, and what they mean said as naively as can be: an element at a time, by loops over
// all letters.
import fc from 'fast-check';
import { bit, circuit, q, tensor, type Circuit } from '../../../dsl/index.ts';
import type { FixedFormat, Format } from '../../../compiler/ir/format.ts';

const lengths: Readonly<Record<string, number>> = { i: 2, j: 3, k: 2 };

/** By the first letter of a name: j, j0 and j7 have one length. */
export const lengthOf = (index: string): number => lengths[index[0]!]!;

export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly interpolated: boolean }
  | { readonly kind: 'input'; readonly input: number; readonly axes: readonly string[] }
  /** A divisor is a number that divides exactly. */
  | { readonly kind: '+' | '-' | '*' | '/'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'max' | 'min'; readonly left: Node; readonly right: Node }
  /** A bit; of a comparison, and of bits. */
  | { readonly kind: Comparison | '&' | '|'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'minus' | 'abs'; readonly of: Node }
  | { readonly kind: 'sum'; readonly over: readonly string[]; readonly of: Node }
  | {
      readonly kind: 'where';
      readonly mask: Node;
      readonly chosen: Node;
      readonly other: Node;
    };

const comparisons = ['>=', '>', '<=', '<', '=='] as const;
type Comparison = (typeof comparisons)[number];

export interface Input {
  readonly format: Format;
  readonly shape: readonly number[];
}

export interface Equation {
  readonly inputs: readonly Input[];
  readonly result: readonly string[];
  readonly right: Node;
}

export const children = (node: Node): readonly Node[] => {
  if (node.kind === 'number' || node.kind === 'input') return [];
  if ('of' in node) return [node.of];
  return 'mask' in node ? [node.mask, node.chosen, node.other] : [node.left, node.right];
};

/** The letters that stand for something outside. */
export function letters(node: Node): string[] {
  const inside = node.kind === 'input' ? node.axes : children(node).flatMap(letters);
  const bound = node.kind === 'sum' ? node.over : [];
  return [...new Set(inside)].filter((letter) => !bound.includes(letter));
}

const mentions = (node: Node): string[] =>
  node.kind === 'sum' ? [...node.over, ...mentions(node.of)] : children(node).flatMap(mentions);

/** An element, for one value of each letter. */
export function valueAt(
  node: Node,
  at: Readonly<Record<string, number>>,
  read: (input: number, index: readonly number[]) => number,
): number {
  const value = (each: Node): number => valueAt(each, at, read);
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'input':
      return read(
        node.input,
        node.axes.map((axis) => at[axis]!),
      );
    case '+':
      return value(node.left) + value(node.right);
    case '-':
      return value(node.left) - value(node.right);
    case '*':
      return value(node.left) * value(node.right);
    case '/':
      return value(node.left) / value(node.right);
    case 'minus':
      return -value(node.of);
    case 'abs':
      return Math.abs(value(node.of));
    case 'max':
      return Math.max(value(node.left), value(node.right));
    case 'min':
      return Math.min(value(node.left), value(node.right));
    case '>=':
      return Number(value(node.left) >= value(node.right));
    case '>':
      return Number(value(node.left) > value(node.right));
    case '<=':
      return Number(value(node.left) <= value(node.right));
    case '<':
      return Number(value(node.left) < value(node.right));
    case '==':
      return Number(value(node.left) === value(node.right));
    case '&':
      return value(node.left) * value(node.right);
    case '|':
      return Math.max(value(node.left), value(node.right));
    case 'where':
      return value(node.mask) === 1 ? value(node.chosen) : value(node.other);
    case 'sum': {
      const [first, ...others] = node.over;
      if (first === undefined) return value(node.of);
      const rest: Node = { kind: 'sum', over: others, of: node.of };
      return Array.from({ length: lengthOf(first) }, (_, n) =>
        valueAt(rest, { ...at, [first]: n }, read),
      ).reduce((sum, each) => sum + each, 0);
    }
  }
}

const isNumber = (node: Node): boolean =>
  node.kind === 'number' || (children(node).length > 0 && children(node).every(isNumber));

/** The text, with the places of interpolated values between its pieces. */
class Writer {
  readonly strings = [''];
  readonly values: (number | { readonly input: number })[] = [];

  text(text: string): void {
    this.strings[this.strings.length - 1] += text;
  }

  hole(value: number | { readonly input: number }): void {
    this.values.push(value);
    this.strings.push('');
  }

  node(node: Node): void {
    switch (node.kind) {
      case 'number':
        return node.interpolated ? this.hole(node.value) : this.text(`${node.value}`);
      case 'input':
        this.hole({ input: node.input });
        return this.text(brackets(node.axes));
      case 'minus':
        this.text('-(');
        this.node(node.of);
        return this.text(')');
      case 'abs':
        this.text('abs(');
        this.node(node.of);
        return this.text(')');
      case 'max':
      case 'min':
        this.text(`${node.kind}(`);
        this.node(node.left);
        this.text(', ');
        this.node(node.right);
        return this.text(')');
      case 'sum':
        this.text(`(sum${brackets(node.over)} `);
        this.node(node.of);
        return this.text(')');
      case 'where':
        this.text('where(');
        this.node(node.mask);
        this.text(', ');
        this.node(node.chosen);
        this.text(', ');
        this.node(node.other);
        return this.text(')');
      case '+':
      case '-':
      case '*':
      case '/': {
        // Products and quotients of products and sums of sums without parentheses, from the left.
        const strong = ['*', '/'];
        const isStrong = strong.includes(node.kind);
        const bare = isStrong ? strong : ['+', '-', ...strong];
        this.side(node.left, bare.includes(node.left.kind));
        this.text(` ${node.kind} `);
        this.side(node.right, !isStrong && strong.includes(node.right.kind));
        return;
      }
      default: {
        // From the weakest to the strongest: |, &, comparisons, which do not chain here, then sums.
        const level = strength(node);
        this.side(
          node.left,
          strength(node.left) > level || (node.left.kind === node.kind && level < 2),
        );
        this.text(` ${node.kind} `);
        this.side(node.right, strength(node.right) > level);
      }
    }
  }

  side(node: Node, bare: boolean): void {
    const parentheses = !bare && (['+', '-', '*', '/'].includes(node.kind) || strength(node) < 3);
    this.text(parentheses ? '(' : '');
    this.node(node);
    this.text(parentheses ? ')' : '');
  }
}

const strength = ({ kind }: Node): number =>
  kind === '|' ? 0 : kind === '&' ? 1 : comparisons.some((each) => each === kind) ? 2 : 3;

const brackets = (axes: readonly string[]): string =>
  axes.length > 0 ? `[${axes.join(',')}]` : '';

export function circuitOf({ inputs, result, right }: Equation): Circuit<Record<never, number>> {
  return circuit('equation', {}, (c) => {
    const tensors = inputs.map(({ format, shape }, i) => c.secret(`x${i}`, format, shape));
    const writer = new Writer();
    writer.text(`y${brackets(result)} = `);
    writer.node(right);
    const strings = Object.assign([...writer.strings], { raw: writer.strings });
    const values = writer.values.map((v) => (typeof v === 'number' ? v : tensors[v.input]!));
    tensor(strings, ...values).expose('y');
  });
}

/** Equations over a few inputs; every letter of the right-hand side that no sum binds is one of the result. */
export const arbitraryEquation: fc.Arbitrary<Equation> = fc.gen().map((g) => {
  const inputs: Input[] = [];
  const below = (limit: number): number => g(fc.nat, { max: limit - 1 });
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;

  function input(format: Format): Node {
    const axes = Array.from({ length: below(4) }, () => pick(['i', 'j', 'k']));
    inputs.push({ format, shape: axes.map(lengthOf) });
    return { kind: 'input', input: inputs.length - 1, axes };
  }

  function number(): Node {
    return { kind: 'number', value: below(16) / 4, interpolated: below(2) === 0 };
  }

  function divisor(): Node {
    return { kind: 'number', value: pick([0.5, 2, 4]), interpolated: below(2) === 0 };
  }

  function leaf(): Node {
    return inputs.length > 0 && below(5) === 0 ? number() : leafInput();
  }

  function leafInput(): Node {
    const fraction = below(3);
    const format: FixedFormat = { kind: 'fixed', signed: below(2) === 0, bits: 3, fraction };
    return input(format);
  }

  function node(depth: number): Node {
    if (depth === 0) return leaf();
    const kind = pick([
      ...(['+', '-', '*', '*', '/', 'minus', 'sum', 'sum', 'sum', 'where', 'leaf'] as const),
      ...(['abs', 'max', 'min', 'bits'] as const),
    ]);
    if (kind === 'leaf') return leaf();
    if (kind === 'minus') return { kind, of: node(depth - 1) };
    if (kind === '/') return { kind, left: node(depth - 1), right: divisor() };
    if (kind === 'abs') return { kind, of: something(depth - 1) };
    if (kind === 'max' || kind === 'min')
      return { kind, left: something(depth - 1), right: node(depth - 1) };
    if (kind === 'bits') return bits(depth);
    if (kind === 'where')
      return { kind, mask: bits(depth), chosen: node(depth - 1), other: node(depth - 1) };
    if (kind === 'sum') {
      const of: Node = { kind: '*', left: node(depth - 1), right: node(depth - 1) };
      const taken = mentions(of);
      const over = letters(of).filter((letter) => !taken.includes(letter) && below(3) > 0);
      return over.length > 0 ? { kind, over, of } : of;
    }
    return { kind, left: node(depth - 1), right: node(depth - 1) };
  }

  /** No number alone. */
  function something(depth: number): Node {
    const found = node(depth);
    return isNumber(found) ? leafInput() : found;
  }

  /** A comparison takes rows; three letters are enough. */
  function bits(depth: number): Node {
    const kind = pick(['&', '|', 'input', 'input', ...comparisons] as const);
    if (kind === 'input' || depth < 1) return input(bit);
    if (kind === '&' || kind === '|')
      return { kind, left: bits(depth - 1), right: bits(depth - 1) };
    return { kind, left: something(depth - 1), right: node(depth - 1) };
  }

  const first = input(q(3, 2));
  const all: Node = { kind: pick(['+', '*'] as const), left: node(3), right: first };
  const free = letters(all);
  const result = g(fc.shuffledSubarray, free, { minLength: free.length, maxLength: free.length });
  // A letter of the result is no sum's.
  const clash = mentions(all).some((letter) => free.includes(letter));
  return { inputs, result, right: clash ? renameBound(all) : all };
});

/** Every sum binds letters of its own. */
function renameBound(
  node: Node,
  names: Readonly<Record<string, string>> = {},
  depth = { n: 0 },
): Node {
  const rename = (each: Node): Node => renameBound(each, names, depth);
  switch (node.kind) {
    case 'number':
      return node;
    case 'input':
      return { ...node, axes: node.axes.map((axis) => names[axis] ?? axis) };
    case 'minus':
    case 'abs':
      return { ...node, of: rename(node.of) };
    case 'where':
      return {
        ...node,
        mask: rename(node.mask),
        chosen: rename(node.chosen),
        other: rename(node.other),
      };
    case 'sum': {
      const own = Object.fromEntries(node.over.map((letter) => [letter, `${letter}${depth.n++}`]));
      const of = renameBound(node.of, { ...names, ...own }, depth);
      return { ...node, over: node.over.map((letter) => own[letter]!), of };
    }
    default:
      return { ...node, left: rename(node.left), right: rename(node.right) };
  }
}
