// The two 16-bit floating formats, to and from numbers.
//   F16:  1 sign, 5 exponent, 10 fraction bits: (−1)^s · 2^(e−15) · (1 + f/1024); subnormal for e = 0
//   BF16: the upper half of a single-precision number

/** The value of an IEEE 754 binary16 pattern; every one is exact as a double. */
export function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The value of a bfloat16 pattern; every one is exact as a double. */
export function decodeBrainFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 7) & 0xff;
  const fraction = bits & 0x7f;
  if (exponent === 0) return sign * fraction * 2 ** -133;
  if (exponent === 0xff) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 128) * 2 ** (exponent - 127);
}

/** The binary16 pattern nearest to a number, ties to even; beyond 65519.99… it is an infinity. */
export const encodeHalf = (value: number): number =>
  encode(value, { fractionBits: 10, lowestExponent: -14, infinity: 0x7c00 });

/** The bfloat16 pattern nearest to a number, ties to even; beyond the largest it is an infinity. */
export const encodeBrainFloat = (value: number): number =>
  encode(value, { fractionBits: 7, lowestExponent: -126, infinity: 0x7f80 });

interface SmallFormat {
  readonly fractionBits: number;
  /** The exponent of the smallest normal number, which the subnormal ones share. */
  readonly lowestExponent: number;
  readonly infinity: number;
}

// |value| = q · 2^(e − fractionBits) with q rounded to an integer. The pattern of exponent field k and fraction f
// is k·2^fractionBits + f, so that a q that rounds up to the next power of two carries into the exponent by itself.
function encode(value: number, { fractionBits, lowestExponent, infinity }: SmallFormat): number {
  if (Number.isNaN(value)) return infinity | (1 << (fractionBits - 1));
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | infinity;
  const exponent = Math.max(binaryExponent(magnitude), lowestExponent);
  const q = roundToEven(magnitude / 2 ** (exponent - fractionBits));
  return sign | Math.min((exponent - lowestExponent) * 2 ** fractionBits + q, infinity);
}

const scratch = new DataView(new ArrayBuffer(8));

/** The exponent of a finite double; −1023 for zero and subnormal ones. */
function binaryExponent(magnitude: number): number {
  scratch.setFloat64(0, magnitude);
  return (scratch.getUint16(0) >> 4) - 1023;
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
