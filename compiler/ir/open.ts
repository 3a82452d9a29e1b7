// What an author leaves open for the compiler to choose: the width of a format whose real range is known, and the
// tolerance of a solve. Each open choice is one number of bits.
import { at, fail, type SourceLine } from '../diagnostics/diagnostic.ts';
import { maxFraction, q, u, widestBits, type FixedFormat, type Format } from './format.ts';

/** Real values in [low, high), of a format whose width the compiler chooses. */
export interface OpenFormat {
  readonly kind: 'open';
  readonly low: number;
  readonly high: number;
  /** What the choice is called where it is printed and pinned. */
  readonly name?: string;
}

/** What is to be chosen. */
export interface OpenChoice {
  readonly name: string;
  /** Of a format, sign included; or of the range check of a residual, which is what a tolerance costs. */
  readonly of: 'format' | 'tolerance';
  /** Fewer bits than these cannot hold the range, or would refuse an honest prover. */
  readonly least: number;
  /** The real range of a format. */
  readonly range?: readonly [low: number, high: number];
  readonly where?: SourceLine;
}

/** What was chosen, or pinned. */
export interface Choice extends OpenChoice {
  readonly bits: number;
}

/** Decides the bits of an open choice. */
export type Chooser = (open: OpenChoice) => number;

/** Throws `open-choice`: for programs that are built without a search. */
export const refuseOpen: Chooser = (open) =>
  fail(
    'open-choice',
    `the bits of "${open.name}" are left to the compiler`,
    'compile the circuit with compileCircuit, which chooses them, or pin them: circuit(…, { pinned: { … } })',
    open.where,
  );

/** Throws `bad-range` unless low < high are finite. */
export function openFormat(low: number, high: number, name?: string): OpenFormat {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    fail(
      'bad-range',
      `real(${low}, ${high}): the range is empty or not finite`,
      'real(low, high) with low < high holds low ≤ x < high',
    );
  return { kind: 'open', low, high, ...(name === undefined ? {} : { name }) };
}

export const isOpen = (format: Format | OpenFormat): format is OpenFormat => format.kind === 'open';

/** Bits before the binary point, sign included; negative for small ranges, which start later. */
function wholeBits({ low, high }: OpenFormat): number {
  const bitsOf = (size: number): number => (size > 0 ? Math.ceil(Math.log2(size)) : -maxFraction);
  return low < 0 ? 1 + Math.max(bitsOf(-low), bitsOf(high)) : bitsOf(high);
}

/** The fewest bits that hold the range in whole numbers. */
export const leastBits = (open: OpenFormat): number => Math.max(low1(open), wholeBits(open));

const low1 = ({ low }: OpenFormat): number => (low < 0 ? 2 : 1);

/** The format of that many bits that holds the range with most fractional bits. Throws `bad-format`. */
export function formatOfBits(open: OpenFormat, bits: number): FixedFormat {
  const fraction = Math.min(maxFraction, bits - wholeBits(open));
  return open.low < 0 ? q(bits, fraction) : u(bits, fraction);
}

/** Collects the choices of one program: the first use of an open format decides it for all its uses. */
export class Choices {
  readonly #made = new Map<OpenFormat, FixedFormat>();
  readonly #list: Choice[] = [];

  constructor(private readonly choose: Chooser) {}

  get list(): readonly Choice[] {
    return this.#list;
  }

  format(open: OpenFormat, name: string, where?: SourceLine): FixedFormat {
    const known = this.#made.get(open);
    if (known) return known;
    const range = [open.low, open.high] as const;
    const least = leastBits(open);
    const bits = this.bits({ name: open.name ?? name, of: 'format', least, range }, where);
    const format = at(where, () => formatOfBits(open, bits));
    this.#made.set(open, format);
    return format;
  }

  /** Throws `bad-pin` for bits that do not do, and `duplicate-name` for a second choice of a name. */
  bits(open: OpenChoice, where?: SourceLine): number {
    const placed = where ? { ...open, where } : open;
    if (this.#list.some(({ name }) => name === open.name))
      fail(
        'duplicate-name',
        `two open choices are called "${open.name}"`,
        'give one of them a name: real(low, high, name)',
        where,
      );
    const bits = this.choose(placed);
    if (!Number.isSafeInteger(bits) || bits < open.least || bits > widestBits)
      fail(
        'bad-pin',
        `"${open.name}" cannot have ${bits} bits`,
        `it has ${open.least} to ${widestBits}`,
        where,
      );
    this.#list.push({ ...placed, bits });
    return bits;
  }
}
