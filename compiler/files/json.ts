// JSON that came from outside. A pass over the text finds how deep and how large its values are, and keys that an object
// holds twice (JSON.parse keeps the last one in silence); only then is it parsed. The pass needs no recursion, and memory for
// keys alone: 40 MB of "[" cost as much as 40 MB of text.
import { LetheError } from '../diagnostics/diagnostic.ts';
import { FileError } from './errors.ts';

/** How much of a text is parsed. */
export interface JsonLimits {
  /** The most bytes of a text; also a limit of its characters, which are never more. */
  readonly bytes: number;
  /** Objects and lists inside one another. */
  readonly depth: number;
  /** Objects, lists, numbers, words, and strings that are no keys. Each takes up to 60 bytes of memory. */
  readonly values: number;
}

export interface JsonSource extends JsonLimits {
  /** Where the text comes from, for messages. */
  readonly file: string;
  /** The code of every fault, where a kind of file has one; otherwise `bad-json`, `duplicate-name` and `too-large`. */
  readonly code?: string;
  /** The cure for what is no JSON. */
  readonly hint?: string;
  /** The cure for what exceeds a limit. */
  readonly limitHint?: string;
}

/** A fault of a text, found before it is parsed. */
export interface JsonFault {
  readonly code: 'bad-json' | 'duplicate-name' | 'too-large';
  readonly problem: string;
}

/** More characters than any key or number of ours has; a float64 needs 25. */
const longestWord = 1000;

/**
 * The value of a text. Numbers may be infinite ("1e400"), and strings may hold lone surrogates: whoever reads fields checks them.
 * @throws LetheError of `source.code`; FileError `bad-json`, `duplicate-name` or `too-large` otherwise.
 */
export function parseJson(text: string, source: JsonSource): unknown {
  const fault = scanJson(text, source);
  if (fault) return refuse(source, fault);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    return refuse(source, { code: 'bad-json', problem: `is no JSON: ${problem}` }, cause);
  }
}

function refuse(source: JsonSource, { code, problem }: JsonFault, cause?: unknown): never {
  const { file, hint = 'the file is no JSON, or is cut off' } = source;
  const hints = {
    'bad-json': hint,
    'duplicate-name': 'remove one of them',
    'too-large': source.limitHint ?? 'check that it is the right file',
  };
  if (source.code === undefined)
    throw new FileError({ code, file, problem, hint: hints[code], cause });
  throw new LetheError([{ code: source.code, message: `${file}: ${problem}`, hint: hints[code] }]);
}

/**
 * Finds faults that JSON.parse reports too late or not at all: a limit that is exceeded, or the first key that an object holds twice (keys are
 * compared unescaped). One pass; whether the text is JSON at all is left to JSON.parse.
 */
export function scanJson(text: string, limits: JsonLimits): JsonFault | undefined {
  const { bytes, depth, values } = limits;
  if (text.length > bytes)
    return tooLarge(`has ${text.length} characters, at most ${bytes} are read`);
  // The keys of every open object, and nothing for a list.
  const open: (Set<string> | undefined)[] = [];
  let [at, count, keyCount] = [0, 0, 0];
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBetween(code)) {
      at++;
      continue;
    }
    if (code === closeBrace || code === closeBracket) {
      open.pop();
      at++;
      continue;
    }
    if (code === openBrace || code === openBracket) {
      if (open.length === depth)
        return tooLarge(`is nested ${depth + 1} deep, at most ${depth} are read`);
      open.push(code === openBrace ? new Set() : undefined);
      at++;
    } else if (code === quote) {
      const end = stringEnd(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isFollowedByColon(text, end)) {
        if (++keyCount > values) return tooMany(values);
        const key = unescaped(text.slice(at, end));
        if (key === undefined) return { code: 'bad-json', problem: 'a key is no JSON string' };
        if (key.length > longestWord)
          return tooLarge(`has a key of ${key.length} characters, at most ${longestWord} are read`);
        if (keys.has(key))
          return {
            code: 'duplicate-name',
            problem: `has the key ${show(key)} twice in one object`,
          };
        keys.add(key);
        at = end;
        continue;
      }
      at = end;
    } else {
      const end = wordEnd(text, at);
      if (end - at > longestWord)
        return tooLarge(`has a number of ${end - at} characters, at most ${longestWord} are read`);
      at = end;
    }
    if (++count > values) return tooMany(values);
  }
  return undefined;
}

const tooLarge = (problem: string): JsonFault => ({ code: 'too-large', problem });

const tooMany = (values: number): JsonFault =>
  tooLarge(`holds more values than the ${values} that are read`);

const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const space = 0x20;
const tab = 9;
const line = 10;
const carriage = 13;

const isSpace = (code: number): boolean =>
  code === space || code === line || code === tab || code === carriage;

const isBetween = (code: number): boolean => code === comma || code === colon || isSpace(code);

/** The position behind the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) break;
    if (code === backslash) at++;
  }
  return Math.min(at + 1, text.length);
}

/** The position behind a number, `true`, `false`, `null`, or what stands in the place of one. */
function wordEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBetween(code) || code === quote || code === openBrace || code === openBracket) break;
    if (code === closeBrace || code === closeBracket) break;
  }
  return at;
}

function isFollowedByColon(text: string, position: number): boolean {
  let at = position;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === colon;
}

/** The key that stands in quotes; undefined for what is no string. */
function unescaped(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  if (quoted.length > 6 * longestWord + 2) return quoted;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

const show = (key: string): string =>
  JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
