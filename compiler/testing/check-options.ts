// Options of the laws that are spelled or typed wrongly: a test runner checks no types, so that a test could be green without its specification.
import { mistaken } from './mistake.ts';

type Check = readonly [holds: (value: unknown) => boolean, wants: string];

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
const isTable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): boolean => typeof value === 'number';

const functionCheck = (example: string): Check => [
  (value) => typeof value === 'function',
  `a function: ${example}`,
];

const checks: Readonly<Record<string, Check>> = {
  inputs: functionCheck('(program) => arbitraryInputs(program)'),
  spec: functionCheck('({ x }) => ({ y: [2 * x[0]] })'),
  within: [
    (value) =>
      isNumber(value) || (isTable(value) && Object.values(value as object).every(isNumber)),
    'a number of real units, or one for each output: { y: 0.01 }',
  ],
  parameters: [
    (value) => isTable(value) && Object.values(value as object).every(isNumber),
    'sizes by name: { size: 2 }',
  ],
  numRuns: [isCount, 'a whole number, 1 or more'],
  assume: [
    (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
    "a list of names: ['clip.within']",
  ],
  blocks: [(value) => typeof value === 'boolean', 'true or false'],
  cost: [
    (value) => value === false || (typeof value === 'string' && value !== ''),
    "the name of a file, 'circuit.cost.json', or false",
  ],
};

/** Throws a Mistake that names the option, what it is, and what it should be. */
export function checkOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check)
      mistaken(
        'bad-options',
        `the laws have no option "${name}"`,
        `they have: ${Object.keys(checks).join(', ')}`,
      );
    const [holds, wants] = check;
    if (value !== undefined && !holds(value))
      mistaken('bad-options', `the option "${name}" is ${describe(value)}`, wants);
  }
}

const describe = (value: unknown): string =>
  typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
