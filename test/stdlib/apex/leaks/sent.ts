// The files that a client has sent, as an observer sees them: the bytes of each file, and each field decoded.
import type { Json } from '../../../../stdlib/apex/documents/canonical.ts';
import { encodeElement } from '../../../../stdlib/apex/commitments/elements.ts';
import { modulus } from '../../../../compiler/numbers/field.ts';

/** Bytes by the name of the file. */
export type Sent = ReadonlyMap<string, Uint8Array>;

/** The JSON in a file: all of it, or the header of a bundle or a link. */
export function jsonOf(bytes: Uint8Array): Json | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.startsWith('{') ? text.length : 16 + Buffer.from(bytes).readUInt32LE(12);
  try {
    return JSON.parse(text.slice(text.startsWith('{') ? 0 : 16, end)) as Json;
  } catch {
    return undefined;
  }
}

/** All texts and numbers in a document. */
export function* valuesOf(json: Json | undefined): Generator<string | number> {
  if (typeof json === 'string' || typeof json === 'number') yield json;
  else if (typeof json === 'object' && json !== null)
    for (const each of Object.values(json) as Json[]) yield* valuesOf(each);
}

/** The bytes of a file, its name, and the bytes that its fields stand for. */
export class Views {
  readonly #views: { readonly file: string; readonly bytes: Buffer }[] = [];
  /** All runs of eight bytes: few patterns begin with one of them. */
  readonly #runs = new Set<bigint>();
  readonly #numbers: { readonly file: string; readonly value: number }[] = [];

  constructor(sent: Sent) {
    for (const [file, bytes] of sent) {
      const add = (view: Uint8Array | string): void => {
        const own = Buffer.from(view as Uint8Array);
        this.#views.push({ file, bytes: own });
        for (let at = 0; at + 8 <= own.length; at++) this.#runs.add(own.readBigUInt64LE(at));
      };
      add(bytes);
      add(file);
      for (const value of valuesOf(jsonOf(bytes))) {
        if (typeof value === 'number') this.#numbers.push({ file, value });
        else {
          add(Buffer.from(value, 'base64'));
          if (/^[0-9a-f]+$/.test(value)) add(Buffer.from(value, 'hex'));
          if (/^\d{1,77}$/.test(value) && BigInt(value) < modulus)
            add(encodeElement(BigInt(value)));
        }
      }
    }
  }

  /** The files that show the pattern. */
  showing(pattern: Uint8Array): string[] {
    const own = Buffer.from(pattern.buffer, pattern.byteOffset, pattern.length);
    if (own.length >= 8 && !this.#runs.has(own.readBigUInt64LE(0))) return [];
    return this.#views.filter(({ bytes }) => bytes.includes(own)).map(({ file }) => file);
  }

  /** The files with a number that is near the value: a thousandth of it. */
  near = (value: number): string[] =>
    this.#numbers
      .filter((each) => Math.abs(each.value - value) <= Math.abs(value) / 1000)
      .map(({ file }) => file);
}
