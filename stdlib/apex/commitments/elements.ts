// Field elements as bytes: 32 each, big-endian; and many of them in little room.
import { modulus } from '../../../compiler/numbers/field.ts';

export const elementLength = 32;

export const encodeElement = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(2 * elementLength, '0'), 'hex');

const encodedModulus = encodeElement(modulus);

/** Undefined for bytes that are no canonical field element. */
export function decodeElement(bytes: Uint8Array): bigint | undefined {
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  return value < modulus ? value : undefined;
}

/** One after the other. */
export class Elements {
  constructor(readonly bytes: Uint8Array) {}

  /** So many zeros. */
  static of(count: number): Elements {
    return new Elements(new Uint8Array(count * elementLength));
  }

  static from(values: readonly bigint[]): Elements {
    const elements = Elements.of(values.length);
    values.forEach((value, i) => elements.set(i, value));
    return elements;
  }

  copy(): Elements {
    return new Elements(this.bytes.slice());
  }

  get(index: number): bigint {
    return decodeElement(this.at(index)) ?? outside(index);
  }

  set(index: number, value: bigint): void {
    this.bytes.set(encodeElement(value), index * elementLength);
  }

  all(): bigint[] {
    return Array.from({ length: this.length }, (_, i) => this.get(i));
  }

  /** Whether every one is a field element, as those from outside may not be. */
  areCanonical(): boolean {
    const bytes = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    for (let at = 0; at < bytes.length; at += elementLength)
      if (bytes.compare(encodedModulus, 0, elementLength, at, at + elementLength) >= 0)
        return false;
    return true;
  }

  get length(): number {
    return this.bytes.length / elementLength;
  }

  private at(index: number): Uint8Array {
    return this.bytes.subarray(index * elementLength, (index + 1) * elementLength);
  }
}

const outside = (index: number): never => {
  throw new RangeError(`element ${index} is no field element`);
};
