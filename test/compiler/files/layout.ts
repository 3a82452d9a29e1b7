// Builds safetensors files by hand, so that tests can also build wrong ones.

/** Header length, header, buffer; the header is given as text or as a JSON value. */
export function layout(header: unknown, buffer: ArrayLike<number> = []): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + buffer.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(buffer, 8 + json.length);
  return bytes;
}

/** A file with one tensor `t` of one dimension, whose elements are the given bytes. */
export const single = (dtype: string, width: number, buffer: ArrayLike<number>): Uint8Array =>
  layout(
    { t: { dtype, shape: [buffer.length / width], data_offsets: [0, buffer.length] } },
    buffer,
  );
