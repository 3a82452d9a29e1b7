// Tensors in JSON: an object of nested arrays. Numbers are real values, booleans are bits, strings of digits are
// exact integers (for field elements, which have no real value).
import { fail } from '../diagnostics/diagnostic.ts';
import { parseJson, type JsonLimits } from '../files/json.ts';
import type { RawTensor } from './tensors.ts';

/** JSON, and bigints for exact integers where values do not come from a file. */
export type Nested =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Nested[]
  | { readonly [key: string]: Nested };

/** Deeper nesting than this is no tensor; the limit keeps the recursion shallow. */
const maxRank = 32;

/** The limits of a file for tensors of so many elements: four times as many are read, and reported as what they are. */
export function tensorLimits(elements: number): JsonLimits {
  const values = 4 * elements + 10_000;
  return { bytes: 128 * values, depth: maxRank + 8, values };
}

/** Where nothing is known of the tensors. */
const anyTensors = tensorLimits(2 ** 20);

/**
 * `limits` follow from what is expected. Throws a LetheError that names the file, the tensor and the element.
 */
export function parseJsonTensors(
  text: string,
  file: string,
  limits: JsonLimits = anyTensors,
): Map<string, RawTensor> {
  const limitHint = 'check the shapes of the tensors, or write large ones as .safetensors';
  const parsed = parseJson(text, { file, ...limits, limitHint }) as Nested;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    fail('bad-json', `${file}: an object of tensors is expected`, '{ "name": [[0.5, 1], [2, 3]] }');
  return tensorsOf(parsed as Readonly<Record<string, Nested>>, file);
}

/** Nested arrays by name. `file` is where they come from, for messages. Throws a LetheError. */
export function tensorsOf(
  tensors: Readonly<Record<string, Nested>>,
  file: string,
): Map<string, RawTensor> {
  return new Map(
    Object.entries(tensors).map(([name, value]) => {
      const shape = shapeOf(value, `${file}: tensor "${name}"`);
      const values: (number | bigint)[] = [];
      flatten(value, shape, [], values, `${file}: tensor "${name}"`);
      return [name, { shape, values, file }];
    }),
  );
}

function shapeOf(value: Nested, where: string, rank = 0): number[] {
  if (rank > maxRank) fail('bad-shape', `${where}: nested deeper than ${maxRank} arrays`);
  return Array.isArray(value)
    ? [value.length, ...(value.length > 0 ? shapeOf(value[0]!, where, rank + 1) : [])]
    : [];
}

function flatten(
  value: Nested,
  shape: readonly number[],
  index: readonly number[],
  out: (number | bigint)[],
  where: string,
): void {
  const at = `${where}, element [${index.join(',')}]`;
  const [length, ...inner] = shape;
  if (length === undefined) return void out.push(scalar(value, at));
  if (!Array.isArray(value) || value.length !== length)
    fail(
      'bad-shape',
      `${at}: ${Array.isArray(value) ? `${value.length} elements` : 'no array'} where ${length} are expected`,
      'all rows of a tensor have the same length',
    );
  value.forEach((each, i) => flatten(each, inner, [...index, i], out, where));
}

/** Characters of an exact integer; a field element has 77 digits. */
const longest = 100;

function shown(value: Nested): string {
  if (typeof value === 'string' && value.length > longest)
    return `a string of ${value.length} characters`;
  return JSON.stringify(value) ?? 'undefined';
}

function scalar(value: Nested, at: string): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.length <= longest && /^-?(0|[1-9]\d*)$/.test(value))
    return BigInt(value);
  return fail(
    'bad-value',
    `${at}: ${shown(value)} is not a number`,
    'numbers, true/false, or a string of digits for an exact integer',
  );
}
