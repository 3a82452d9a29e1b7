// Reads the fields of a document that came from outside: each is checked, none may be missing or unknown.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { parseJson } from '../../../compiler/files/index.ts';
import { modulus } from '../../../compiler/numbers/field.ts';
import { smallDocument } from './limits.ts';

/**
 * The version of every document. Version 1 belongs to the protocol with trees that change, version 2 to the one whose
 * registrations are not signed.
 */
export const documentVersion = 3;

export class Fields {
  readonly #fields: Record<string, unknown>;
  readonly #read = new Set<string>();

  /** `place` names the file and the document, for messages. */
  constructor(
    value: unknown,
    private readonly place: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.refuse('an object is expected');
    this.#fields = value as Record<string, unknown>;
  }

  /**
   * The document of a file: its kind and version are as expected, it is no larger than `limits`, and no object holds a key
   * twice. Throws `bad-document`.
   */
  static parse(text: string, file: string, kind: string, limits = smallDocument): Fields {
    const hint = `it should be ${kind}`;
    const source = { file, code: 'bad-document', hint, limitHint: hint, ...limits };
    const fields = new Fields(parseJson(text, source), file);
    const found = fields.#fields['lethe'];
    if (found !== kind)
      fail(
        'bad-document',
        `${file}: not ${kind}${typeof found === 'string' ? `, but ${found.slice(0, 40)}` : ''}`,
        'name the right file',
      );
    fields.constant('lethe', kind);
    fields.#checkVersion(kind);
    return fields;
  }

  #checkVersion(kind: string): void {
    const found = this.#take('version');
    if (found === documentVersion) return;
    const isNumber = typeof found === 'number';
    fail(
      'bad-document',
      `${this.place}: version ${isNumber ? found : 'unreadable'} of ${kind}, and version ${documentVersion} is expected`,
      isNumber && found > documentVersion
        ? 'use the version of Lethe that wrote it, or a newer one'
        : 'make it again with this version of Lethe',
    );
  }

  constant(name: string, expected: string | number): void {
    if (this.#take(name) !== expected) this.refuse(`${name} should be ${expected}`);
  }

  text(name: string, pattern = /^/): string {
    const value = this.#take(name);
    if (typeof value !== 'string' || !pattern.test(value))
      this.refuse(`${name} is not as expected`);
    return value as string;
  }

  optionalText = (name: string, pattern: RegExp): string | null =>
    this.#fields[name] === null ? (this.#take(name) as null) : this.text(name, pattern);

  /** 64 hexadecimal digits. */
  digest = (name: string): string => this.text(name, /^[0-9a-f]{64}$/);

  optionalDigest = (name: string): string | null =>
    this.#fields[name] === null ? (this.#take(name) as null) : this.digest(name);

  /** Bytes in base64, which has one spelling. */
  bytes(name: string): Uint8Array {
    const text = this.text(name);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text) this.refuse(`${name} is not base64`);
    return new Uint8Array(bytes);
  }

  /** A field element in decimal digits. */
  element(name: string): bigint {
    const value = BigInt(this.text(name, /^(0|[1-9]\d{0,77})$/));
    if (value >= modulus) this.refuse(`${name} is no field element`);
    return value;
  }

  optionalElement = (name: string): bigint | null =>
    this.#fields[name] === null ? (this.#take(name) as null) : this.element(name);

  whole(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.#take(name);
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
      this.refuse(`${name} is no whole number from ${least} to ${most}`);
    return value as number;
  }

  /** A whole number, or that word. */
  wholeOr<T extends string>(name: string, word: T, least: number, most: number): number | T {
    return this.#fields[name] === word ? (this.#take(name) as T) : this.whole(name, least, most);
  }

  /** A finite number above 0. */
  positive(name: string): number {
    const value = this.#take(name);
    if (typeof value !== 'number' || !(value > 0 && Number.isFinite(value)))
      this.refuse(`${name} is no positive number`);
    return value as number;
  }

  list<T>(name: string, read: (fields: Fields) => T): T[] {
    const value = this.#take(name);
    if (!Array.isArray(value)) return this.refuse(`${name} is no list`);
    return value.map((each, i) => {
      const fields = new Fields(each, `${this.place}: ${name}[${i}]`);
      const item = read(fields);
      fields.end();
      return item;
    });
  }

  wholes(name: string): number[] {
    const value = this.#take(name);
    if (!Array.isArray(value) || !value.every((each) => Number.isSafeInteger(each) && each > 0))
      this.refuse(`${name} is no list of positive whole numbers`);
    return value as number[];
  }

  object<T>(name: string, read: (fields: Fields) => T): T {
    const fields = new Fields(this.#take(name), `${this.place}: ${name}`);
    const item = read(fields);
    fields.end();
    return item;
  }

  has = (name: string): boolean => Object.hasOwn(this.#fields, name);

  /** Refuses what was not read. */
  end(): void {
    const unknown = Object.keys(this.#fields).find((name) => !this.#read.has(name));
    if (unknown !== undefined) this.refuse(`${unknown} is unknown`);
  }

  refuse(problem: string): never {
    fail('bad-document', `${this.place}: ${problem}`, 'the file is damaged, or of another version');
  }

  #take(name: string): unknown {
    this.#read.add(name);
    if (!Object.hasOwn(this.#fields, name)) this.refuse(`${name} is missing`);
    return this.#fields[name];
  }
}
