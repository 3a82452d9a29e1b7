// The inputs of an author's arbitrary: every input of the circuit, each with as many numbers as it has, in its format, and with
// reals that round to the integers. Anything else would look like inputs that an honest prover is refused for.
import type { BoundInputs } from '../inputs/bind.ts';
import { formatInterval, fractionOf, isOpaque, renderFormat } from '../ir/format.ts';
import { renderType, type Program } from '../ir/program.ts';
import { indexAt, renderShape, sizeOf } from '../ir/shape.ts';
import { renderInterval } from '../numbers/interval.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';
import { inputsOf, type TypedPort } from '../program/ports.ts';
import { mistaken } from './mistake.ts';

/** Throws a Mistake `bad-inputs` that names the input, the element and the cure. */
export function checkInputs(program: Program, bound: BoundInputs): void {
  const ports = inputsOf(program);
  if (!(bound?.fixed instanceof Map && bound.real instanceof Map))
    refuse('they are no { fixed, real } of two Maps', startFrom);
  for (const name of [...bound.fixed.keys(), ...bound.real.keys()])
    if (!ports.some((port) => port.name === name))
      refuse(
        `circuit ${program.name} has no input "${name}"`,
        `it has: ${ports.map((port) => port.name).join(', ')}`,
      );
  for (const port of ports) checkTensor(port, bound);
}

const startFrom =
  'start from arbitraryInputs(program), and replace what has to fit: withIntegers(program, bound, { mask })';

function checkTensor(port: TypedPort, { fixed, real }: BoundInputs): void {
  const { name, type } = port;
  const [integers, reals] = [fixed.get(name), real.get(name)];
  if (!integers) return refuse(`"${name}" (${renderType(type)}) is missing`, startFrom);
  const size = sizeOf(type.shape);
  for (const [what, given] of [
    ['integers', integers.length],
    ['reals', reals?.length],
  ] as const)
    if (given !== size && !(given === undefined && isOpaque(type.format)))
      refuse(
        `"${name}" has ${given ?? 'no'} ${what}, and the circuit takes ${size} (${renderType(type)})`,
        given === undefined ? bothAtOnce : 'one flat list, row by row',
      );
  integers.forEach((integer, element) => checkElement(port, element, integer, reals?.[element]));
}

function checkElement(
  { name, type: { format, shape }, exact }: TypedPort,
  element: number,
  integer: unknown,
  real = NaN,
): void {
  const at = shape.length > 0 ? `element ${renderShape(indexAt(shape, element))} of ` : '';
  const place = `${at}"${name}"`;
  if (typeof integer !== 'bigint')
    return refuse(
      `${place} is ${String(integer)}, and integers are bigints`,
      'write 1n, BigInt(x)',
    );
  const { low, high } = formatInterval(format);
  const fraction = fractionOf(format);
  const holds = isOpaque(format)
    ? 'which is no field element'
    : `which ${renderFormat(format)} does not hold: it has ${toReal(low, fraction)} to ${toReal(high, fraction)} (integers ${renderInterval({ low, high })})`;
  const value = fraction > 0 ? ` (${toReal(integer, fraction)})` : '';
  if (integer < low || integer > high)
    refuse(`${place} is the integer ${integer}${value}, ${holds}`, clamped);
  if (isOpaque(format)) return;
  const isReal = real === toReal(integer, fraction);
  if (exact && !isReal)
    refuse(
      `${place} is exact, and its real ${real} is not the ${toReal(integer, fraction)} of its integer ${integer}`,
      bothAtOnce,
    );
  if (!isReal && !(Number.isFinite(real) && toInteger(real, fraction) === integer))
    refuse(
      `${place} has the real ${real}, which ${Number.isFinite(real) ? `rounds to ${toInteger(real, fraction)}` : 'is no number'}, and the integer ${integer}${value}`,
      bothAtOnce,
    );
}

const clamped = 'clamp it to the format, or widen the format in the circuit';
const bothAtOnce =
  'withIntegers(program, bound, { name: integers }) sets integers and the reals that they stand for';

function refuse(problem: string, hint: string): never {
  return mistaken('bad-inputs', `the inputs to try (option \`inputs\`): ${problem}`, hint);
}
