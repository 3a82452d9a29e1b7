// A kimchi proof as bytes. The grammar below is the structure of o1js 2.15.0's proof value, which its own JSON
// does not bring back. The decoder is for untrusted bytes: it checks that every scalar is canonical, that every
// point lies on the curve, and that nothing is left over, before anything reaches the verifier.
import { fail } from '../../diagnostics/diagnostic.ts';
import { modulus as scalarModulus } from '../../numbers/field.ts';

/** The base field of Vesta, in which the coordinates of commitments live. */
const baseModulus = 0x40000000000000000000000000000000224698fc0994a8dd8c46eb2100000001n;

/** OCaml data as o1js shows it: blocks are arrays that begin with their tag. */
export type Block = number | bigint | readonly Block[];

interface Codec {
  write(value: Block, out: number[]): void;
  read(input: Reader): Block;
}

class Reader {
  #at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    const byte = this.bytes[this.#at++];
    return byte ?? malformed('it ends too early');
  }

  finish(): void {
    if (this.#at !== this.bytes.length) malformed('bytes are left over');
  }
}

const malformed = (why: string): never =>
  fail('bad-proof', `the proof is malformed: ${why}`, 'it was damaged, or made by another version');

function element(modulus: bigint): Codec {
  return {
    write([, value]: readonly Block[], out) {
      let rest = value as bigint;
      for (let i = 0; i < 32; i++, rest >>= 8n) out.push(Number(rest & 255n));
    },
    read(input) {
      let value = 0n;
      for (let i = 0; i < 32; i++) value |= BigInt(input.byte()) << BigInt(8 * i);
      return value < modulus ? [0, value] : malformed('a number is not canonical');
    },
  } as Codec;
}

/** A block with tag 0 and these parts. */
function block(...parts: readonly Codec[]): Codec {
  return {
    write(value, out) {
      const [, ...values] = value as readonly Block[];
      parts.forEach((part, i) => part.write(values[i]!, out));
    },
    read: (input) => [0, ...parts.map((part) => part.read(input))],
  };
}

/** A vector of known length: nested pairs that end in 0. */
function list(length: number, part: Codec): Codec {
  return {
    write(value, out) {
      for (let i = 0, rest = value; i < length; i++) {
        const [, head, tail] = rest as readonly Block[];
        part.write(head!, out);
        rest = tail!;
      }
    },
    read(input) {
      const parts = Array.from({ length }, () => part.read(input));
      return parts.reduceRight<Block>((tail, head) => [0, head, tail], 0);
    },
  };
}

/** An array of 1 to 255 parts. */
function array(part: Codec): Codec {
  return {
    write(value, out) {
      const [, ...values] = value as readonly Block[];
      out.push(values.length);
      values.forEach((each) => part.write(each, out));
    },
    read(input) {
      const length = input.byte() || malformed('an array is empty');
      return [0, ...Array.from({ length }, () => part.read(input))];
    },
  };
}

function option(part: Codec): Codec {
  return {
    write(value, out) {
      out.push(value === 0 ? 0 : 1);
      if (value !== 0) part.write((value as readonly Block[])[1]!, out);
    },
    read(input) {
      const flag = input.byte();
      if (flag > 1) malformed('a flag is neither 0 nor 1');
      return flag === 0 ? 0 : [0, part.read(input)];
    },
  };
}

const scalar = element(scalarModulus);
const coordinate = element(baseModulus);

/** y² = x³ + 5 over the base field; the point at infinity never occurs in a proof. */
const point: Codec = {
  write: (value, out) => block(coordinate, coordinate).write(value, out),
  read(input) {
    const value = block(coordinate, coordinate).read(input) as [0, [0, bigint], [0, bigint]];
    const [, [, x], [, y]] = value;
    if ((y * y - x * x * x - 5n) % baseModulus !== 0n) malformed('a point is not on the curve');
    return value;
  },
};

const commitment = array(point);
/** Values at ζ and at ζω. */
const evaluation = block(array(scalar), array(scalar));

const lookupCommitments = block(
  list(4, commitment), // sorted
  option(commitment), // the fifth sorted column
  commitment, // aggregation
  option(commitment), // runtime table
);
const commitments = block(list(15, commitment), commitment, commitment, option(lookupCommitments));
const opening = block(array(block(point, point)), scalar, scalar, point, point);
const repeat = (count: number, codec: Codec): Codec[] => new Array<Codec>(count).fill(codec);
const evaluations = block(
  list(15, evaluation), // witness columns
  list(15, evaluation), // coefficients
  evaluation, // permutation aggregation
  list(6, evaluation), // permutation columns
  ...repeat(6, evaluation), // selectors of the gates that are always there
  ...repeat(8, option(evaluation)), // selectors of optional gates, lookup aggregation and table
  list(5, option(evaluation)), // sorted lookup columns
  ...repeat(6, option(evaluation)), // runtime table and lookup selectors
);
const proof = block(block(commitments, block(opening, evaluations, scalar)), option(evaluation));

/** Throws `bad-proof` when the value does not have the structure that decoding would give back. */
export function encodeProof(value: Block): Uint8Array {
  const bytes: number[] = [];
  proof.write(value, bytes);
  const encoded = Uint8Array.from(bytes);
  const render = (part: Block): string =>
    JSON.stringify(part, (_, v) => (typeof v === 'bigint' ? `${v}n` : v));
  if (render(decodeProof(encoded)) !== render(value))
    malformed('the prover made a structure that this version does not know');
  return encoded;
}

/** Throws `bad-proof`. */
export function decodeProof(bytes: Uint8Array): Block {
  const input = new Reader(bytes);
  const value = proof.read(input);
  input.finish();
  return value;
}
