// A kimchi proof as bytes. The grammar below is the structure of o1js 2.15.0's proof value, which its own JSON
// does not bring back. The decoder is for untrusted bytes, so the grammar leaves nothing open: what a proof of
// the verifier's own circuit has is there, in fixed numbers, and what it has no use for cannot be written down.
// That matters: the verifier beneath uses parts of a proof that its key has no use for (a runtime table would join
// the table of the range checks), and aborts the process on parts that are missing or too many. Every scalar must
// be canonical, every point on the curve, and no byte left over.
import { fail } from '../../diagnostics/diagnostic.ts';
import { modulus as scalarModulus } from '../../numbers/field.ts';

/** What the verifier's circuit fixes of the structure. */
export interface ProofShape {
  /** The circuit has range checks, and so a lookup argument. */
  readonly lookups: boolean;
}

/** The base field of Vesta, in which the coordinates of commitments live. */
const baseModulus = 0x40000000000000000000000000000000224698fc0994a8dd8c46eb2100000001n;

/** log2 of the length of the commitment key, for every circuit: the rounds of the opening proof. */
const openingRounds = 16;

/** Chunks of the quotient polynomial. Other polynomials have one: circuits have at most 2^16 rows. */
const quotientChunks = 7;

/** OCaml data as o1js shows it: blocks are arrays that begin with their tag. */
export type Block = number | bigint | readonly Block[];

const elementLength = 32;

interface Codec {
  /** Bytes, the same for every value. */
  readonly length: number;
  write(value: Block, out: number[]): void;
  read(input: Reader): Block;
}

class Reader {
  #at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  /** 32 bytes, little-endian. */
  element(): bigint {
    const end = this.#at + elementLength;
    if (end > this.bytes.length) malformed('it ends too early');
    // By way of text: a shift for each byte takes ten times as long.
    const text = Buffer.from(this.bytes.subarray(this.#at, end)).reverse().toString('hex');
    this.#at = end;
    return BigInt(`0x${text}`);
  }

  finish(): void {
    if (this.#at !== this.bytes.length) malformed('bytes are left over');
  }
}

const malformed = (why: string): never =>
  fail('bad-proof', `the proof is malformed: ${why}`, 'it was damaged, or made by another version');

/** The parts of a block with tag 0 and so many parts. Throws `bad-proof` for anything else. */
function partsOf(value: Block | undefined, count: number): readonly Block[] {
  if (!Array.isArray(value) || value[0] !== 0 || value.length !== count + 1)
    malformed('the prover made a structure that this version does not know');
  return (value as readonly Block[]).slice(1);
}

/** A field element, 32 bytes, little-endian. */
function element(modulus: bigint): Codec {
  return {
    length: elementLength,
    write(value, out) {
      let rest = partsOf(value, 1)[0] as bigint;
      for (let i = 0; i < elementLength; i++, rest >>= 8n) out.push(Number(rest & 255n));
    },
    read(input) {
      const value = input.element();
      return value < modulus ? [0, value] : malformed('a number is not canonical');
    },
  };
}

/** A block with tag 0 and these parts. */
function block(...parts: readonly Codec[]): Codec {
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    write(value, out) {
      const values = partsOf(value, parts.length);
      parts.forEach((part, i) => part.write(values[i]!, out));
    },
    read: (input) => [0, ...parts.map((part) => part.read(input))],
  };
}

const repeat = (count: number, part: Codec): Codec[] => new Array<Codec>(count).fill(part);

/** An array of known length. */
const array = (length: number, part: Codec): Codec => block(...repeat(length, part));

/** An option that is there: a block of one part. */
const some = (part: Codec): Codec => block(part);

/** An option that is not there. */
const none: Codec = {
  length: 0,
  write: (value) =>
    void (value === 0 || malformed('the prover made a part that the circuit has no use for')),
  read: () => 0,
};

/** Nested pairs that end in 0. */
function list(...parts: readonly Codec[]): Codec {
  const [head, ...tail] = parts;
  return head ? block(head, list(...tail)) : none;
}

const scalar = element(scalarModulus);
const coordinate = element(baseModulus);
const coordinates = block(coordinate, coordinate);

/** y² = x³ + 5 over the base field; the point at infinity never occurs in a proof. */
const point: Codec = {
  length: coordinates.length,
  write: (value, out) => coordinates.write(value, out),
  read(input) {
    const value = coordinates.read(input) as [0, [0, bigint], [0, bigint]];
    const [, [, x], [, y]] = value;
    if ((y * y - x * x * x - 5n) % baseModulus !== 0n) malformed('a point is not on the curve');
    return value;
  },
};

const commitment = array(1, point);
/** Values at ζ and at ζω. */
const evaluation = block(array(1, scalar), array(1, scalar));

function grammarOf(lookups: boolean): Codec {
  const used = (part: Codec): Codec => (lookups ? some(part) : none);
  const lookupCommitments = block(
    list(...repeat(4, commitment)), // sorted columns
    some(commitment), // the fifth one
    commitment, // aggregation
    none, // runtime table
  );
  const commitments = block(
    list(...repeat(15, commitment)), // witness columns
    commitment, // permutation aggregation
    array(quotientChunks, point),
    used(lookupCommitments),
  );
  const opening = block(array(openingRounds, block(point, point)), scalar, scalar, point, point);
  const evaluations = block(
    list(...repeat(15, evaluation)), // witness columns
    list(...repeat(15, evaluation)), // coefficients
    evaluation, // permutation aggregation
    list(...repeat(6, evaluation)), // permutation columns
    ...repeat(6, evaluation), // selectors of the gates that are always there
    used(evaluation), // RangeCheck0
    ...repeat(5, none), // RangeCheck1, foreign field addition and multiplication, xor, rotation
    used(evaluation), // lookup aggregation
    used(evaluation), // lookup table
    list(...repeat(5, used(evaluation))), // sorted columns
    ...repeat(2, none), // runtime table and its selector
    ...repeat(2, none), // lookup selectors of xor and of the lookup gate
    used(evaluation), // lookup selector of range checks
    none, // lookup selector of foreign field multiplication
  );
  const publicInput = some(evaluation);
  return block(block(commitments, block(opening, evaluations, scalar)), publicInput);
}

const withLookups = grammarOf(true);
const withoutLookups = grammarOf(false);

const proof = ({ lookups }: ProofShape): Codec => (lookups ? withLookups : withoutLookups);

/** Bytes of every proof of the shape. */
export const proofLength = (shape: ProofShape): number => proof(shape).length;

/** Throws `bad-proof` when the value does not have the structure of the shape. */
export function encodeProof(value: Block, shape: ProofShape): Uint8Array {
  const bytes: number[] = [];
  proof(shape).write(value, bytes);
  return Uint8Array.from(bytes);
}

/** Throws `bad-proof`. */
export function decodeProof(bytes: Uint8Array, shape: ProofShape): Block {
  const input = new Reader(bytes);
  const value = proof(shape).read(input);
  input.finish();
  return value;
}
