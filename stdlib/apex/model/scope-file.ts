// The scope of a model that is not known by its names, as a JSON file:
//   { "lethe": "scope", "version": 1, "tensors": ["layers.*.fc1.weight"], "orientation": "out-in", "blockSize": 8 }
// A * stands for any characters but a dot. Order: that of the patterns, and within one natural order (2 before 10).
import { FileError, readJsonObject } from '../../../compiler/files/index.ts';
import type { FileErrorCode } from '../../../compiler/files/index.ts';
import type { Model } from './model.ts';
import { showNames } from './require.ts';
import { scopeTensor } from './scope.ts';
import type { Orientation, Scope, ScopeTensor } from './scope.ts';

/** A checked scope file. */
export interface ScopeFile {
  readonly file: string;
  readonly patterns: readonly string[];
  readonly orientation: Orientation;
  readonly blockSize?: number;
}

const known: readonly string[] = ['lethe', 'version', 'tensors', 'orientation', 'blockSize'];
const example =
  '{ "lethe": "scope", "version": 1, "tensors": ["layers.*.fc1.weight"], "orientation": "out-in", "blockSize": 8 }';

/** @throws FileError `cannot-read`, `bad-json`, `duplicate-name` or `bad-scope`. */
export async function readScopeFile(file: string): Promise<ScopeFile> {
  const json = await readJsonObject(file);
  const refuse = (problem: string): never => {
    throw new FileError({ code: 'bad-scope', file, problem, hint: `a scope file is ${example}` });
  };
  if (json['lethe'] !== 'scope') refuse('does not say "lethe": "scope"');
  if (json['version'] !== 1) refuse(`version is ${JSON.stringify(json['version'])}, 1 is read`);
  const stranger = Object.keys(json).find((key) => !known.includes(key));
  if (stranger !== undefined) refuse(`has the unknown key ${JSON.stringify(stranger)}`);
  const { tensors: patterns, orientation = 'out-in', blockSize } = json;
  if (!isNameList(patterns)) return refuse('tensors is no list of one or more names');
  if (orientation !== 'out-in' && orientation !== 'in-out') {
    return refuse(`orientation is ${JSON.stringify(orientation)}`);
  }
  if (blockSize === undefined) return { file, patterns, orientation };
  if (typeof blockSize !== 'number' || !Number.isSafeInteger(blockSize) || blockSize < 1) {
    return refuse(`blockSize is ${JSON.stringify(blockSize)}, no whole number of at least 1`);
  }
  return { file, patterns, orientation, blockSize };
}

const isNameList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((name) => typeof name === 'string' && name !== '');

/**
 * The tensors that a scope file means in a model.
 * @throws FileError `bad-scope` (a pattern that matches nothing, a tensor matched twice), `bad-shape`, `unknown-dtype`.
 */
export function scopeFileTensors(model: Model, scope: ScopeFile): ScopeTensor[] {
  const refuse = (problem: string, hint: string, code: FileErrorCode = 'bad-scope'): never => {
    throw new FileError({ code, file: scope.file, problem, hint });
  };
  const claimed = new Map<string, string>();
  for (const pattern of scope.patterns) {
    const names = [...model.tensors.keys()].filter((name) => matches(pattern, name));
    if (names.length === 0) {
      refuse(
        `the pattern ${JSON.stringify(pattern)} matches no tensor of ${model.path}`,
        `* stands for any characters but a dot; the model has ${showNames(model.tensors.keys())}`,
      );
    }
    for (const name of names.sort(naturally)) {
      const other = claimed.get(name);
      if (other !== undefined) {
        const both = `${JSON.stringify(other)} and ${JSON.stringify(pattern)}`;
        refuse(`${both} both match ${name}`, 'name each tensor once');
      }
      claimed.set(name, pattern);
    }
  }
  return [...claimed.keys()].map((name) => scopeTensor(model, name, scope.orientation));
}

/** The text of a scope file that names exactly the tensors of a scope; undefined for a scope of two orientations. */
export function scopeFileText({ tensors, blockSize }: Scope): string | undefined {
  const [first] = tensors;
  if (!first || tensors.some(({ orientation }) => orientation !== first.orientation))
    return undefined;
  const names = tensors.map(({ name }) => name);
  const { orientation } = first;
  const json = { lethe: 'scope', version: 1, tensors: names, orientation, blockSize };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function matches(pattern: string, name: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('[^.]*')}$`, 'u').test(name);
}

/** Runs of digits by their value, everything else by code units. */
function naturally(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D+/g) ?? []);
  for (let i = 0; i < Math.min(left!.length, right!.length); i++) {
    const [x, y] = [left![i]!, right![i]!];
    if (x === y) continue;
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    if (numbers && BigInt(x) !== BigInt(y)) return BigInt(x) < BigInt(y) ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return left!.length - right!.length;
}
