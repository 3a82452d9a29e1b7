// Integers between processes: the narrowest array that holds a tensor, and plain bigints where none does.
//   [0n, 1n, 0n] travels as 3 bytes, 24-bit weights as 4 bytes each; as bigints each would take ten
export type Integers = Int8Array | Int16Array | Int32Array | BigInt64Array | readonly bigint[];

/** Tensors of integers by name, as they travel. */
export type PackedTensors = readonly (readonly [name: string, values: Integers])[];

export function packTensors(tensors: ReadonlyMap<string, readonly bigint[]>): PackedTensors {
  return [...tensors].map(([name, values]) => [name, packIntegers(values)]);
}

export function unpackTensors(tensors: PackedTensors): Map<string, bigint[]> {
  return new Map(tensors.map(([name, values]) => [name, unpackIntegers(values)]));
}

function packIntegers(values: readonly bigint[]): Integers {
  let [low, high] = [0n, 0n];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const fits = (bits: bigint): boolean => low >= -(1n << (bits - 1n)) && high < 1n << (bits - 1n);
  if (fits(8n)) return Int8Array.from(values, Number);
  if (fits(16n)) return Int16Array.from(values, Number);
  if (fits(32n)) return Int32Array.from(values, Number);
  return fits(64n) ? BigInt64Array.from(values) : [...values];
}

const unpackIntegers = (values: Integers): bigint[] =>
  Array.from<bigint | number, bigint>(values as ArrayLike<bigint | number>, BigInt);
