// Binds tensors from files to a program's inputs: names, shapes and formats are checked, reals are rounded; those of exact
// inputs must not need to be.
import { renderType } from '../ir/program.ts';
import { LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatInterval, fractionOf, isOpaque, renderFormat, type Format } from '../ir/format.ts';
import { inputsOf, type TypedPort } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { indexAt, renderShape, sameShape } from '../ir/shape.ts';

import { renderInterval } from '../numbers/interval.ts';
import { toInteger, toReal } from '../numbers/rounding.ts';
import type { RawTensor, RawTensors } from './tensors.ts';

export interface BoundInputs {
  /** What was given, for the float64 meaning. */
  readonly real: Map<string, Float64Array>;
  /** What the circuit takes: each real rounded to its format. */
  readonly fixed: Map<string, bigint[]>;
}

/** How many bad elements of one tensor are reported. */
const reported = 5;

/** Throws a LetheError with everything that is missing, misshapen or out of range; tensors of no input are reported too. */
export function bindInputs(
  program: Program,
  tensors: RawTensors,
  ports: readonly TypedPort[] = inputsOf(program),
): BoundInputs {
  const findings: Diagnostic[] = [];
  const real = new Map<string, Float64Array>();
  const fixed = new Map<string, bigint[]>();
  const known = new Set(ports.map(({ name }) => name));
  for (const [name, { file }] of tensors)
    if (!known.has(name))
      findings.push({
        code: 'unknown-tensor',
        message: `${file}: circuit ${program.name} has no input "${name}"`,
        hint: `it has: ${[...known].join(', ')}`,
      });
  for (const port of ports) {
    const tensor = tensors.get(port.name);
    const problem = tensor ? shapeProblem(port, tensor) : missing(port, tensors);
    if (problem) findings.push(problem);
    if (problem || !tensor) continue;
    const elements = Array.from(tensor.values, (value) => bindElement(port, value));
    const bad = elements.flatMap((element, position) => ('problem' in element ? [position] : []));
    findings.push(
      ...bad.slice(0, reported).map((at) => badElement(port, tensor, at, elements[at]!)),
    );
    if (bad.length > reported)
      findings.push({
        code: 'bad-value',
        message: `${tensor.file}: tensor "${port.name}": ${bad.length - reported} more elements like these`,
      });
    fixed.set(
      port.name,
      elements.map((element) => ('integer' in element ? element.integer : 0n)),
    );
    real.set(
      port.name,
      Float64Array.from(elements, (element) => ('real' in element ? element.real : 0)),
    );
  }
  if (findings.length > 0) throw new LetheError(findings);
  return { real, fixed };
}

type Element =
  | { readonly integer: bigint; readonly real: number }
  | { readonly problem: string; readonly hint?: string };

function bindElement({ type: { format }, exact }: TypedPort, value: number | bigint): Element {
  const { low, high } = formatInterval(format);
  const fraction = fractionOf(format);
  if (typeof value === 'number' && !Number.isFinite(value))
    return { problem: `${value} is not a finite number` };
  if (isOpaque(format) && typeof value === 'number' && !Number.isSafeInteger(value))
    return { problem: `${value} is not an exact field element` };
  if (format.kind === 'bit' && value !== 0 && value !== 1 && value !== 0n && value !== 1n)
    return { problem: `${value} is not a bit` };
  if (typeof value === 'bigint' && format.kind === 'fixed')
    return { problem: `"${value}" is a string, and this tensor holds real numbers` };
  // Past the largest double in units of its last place.
  if (typeof value === 'number' && !Number.isFinite(value * 2 ** fraction))
    return { problem: `${value} does not fit ${renderFormat(format)}` };
  const integer =
    typeof value === 'bigint' || isOpaque(format) ? BigInt(value) : toInteger(value, fraction);
  if (integer < low || integer > high)
    return {
      problem: isOpaque(format)
        ? `${value} is not a field element`
        : `${value} does not fit ${renderFormat(format)}, which holds ${toReal(low, fraction)} to ${toReal(high, fraction)} (integers ${renderInterval({ low, high })})`,
    };
  if (isOpaque(format)) return { integer, real: NaN };
  const real = Number(value);
  if (exact && toReal(integer, fraction) !== real)
    return { problem: inexact(real, format), hint: inexactHint };
  return { integer, real };
}

const inexactHint =
  'quantize the data, widen the format by fractional bits, or declare the input without `exact`: it is then rounded, and error bounds count that';

function inexact(value: number, format: Format): string {
  const { low, high } = formatInterval(format);
  const fraction = fractionOf(format);
  const below = BigInt(Math.floor(value * 2 ** fraction));
  const nearest = [below, below + 1n].filter((integer) => integer >= low && integer <= high);
  const step = fraction === 0 ? 'whole' : `a multiple of 2^-${fraction}`;
  return `${value} is not ${step}, and the input is exact; the nearest numbers of ${renderFormat(format)} are ${nearest.map((integer) => toReal(integer, fraction)).join(' and ')}`;
}

function badElement(port: TypedPort, tensor: RawTensor, at: number, element: Element): Diagnostic {
  const index = renderShape(indexAt(tensor.shape, at));
  const ownHint = 'problem' in element ? element.hint : undefined;
  return {
    code: 'bad-value',
    message: `${tensor.file}: tensor "${port.name}", element ${index}: ${'problem' in element ? element.problem : ''}`,
    hint:
      typeof tensor.values[at] === 'bigint' && !isOpaque(port.type.format)
        ? 'write it without quotes'
        : (ownHint ?? hintFor(port)),
  };
}

function hintFor({ type: { format } }: TypedPort): string {
  if (format.kind === 'bit') return 'bits are 0, 1, true or false';
  if (isOpaque(format)) return 'write a field element as a string of digits, from 0 to p − 1';
  return 'scale the data, or widen the format in the circuit';
}

function missing({ name, type, visibility }: TypedPort, tensors: RawTensors): Diagnostic {
  const files = [...new Set([...tensors.values()].map(({ file }) => file))].join(', ');
  return {
    code: 'missing-tensor',
    message: `${files || 'the files'}: the ${visibility} input "${name}" (${renderType(type)}) is missing`,
    hint: `add a tensor "${name}" of shape ${renderShape(type.shape)}`,
  };
}

function shapeProblem({ name, type }: TypedPort, tensor: RawTensor): Diagnostic | undefined {
  if (sameShape(type.shape, tensor.shape)) return undefined;
  return {
    code: 'shape-mismatch',
    message: `${tensor.file}: tensor "${name}" has shape ${renderShape(tensor.shape)}, the circuit expects ${renderShape(type.shape)}`,
    hint: 'reshape the data, or build the circuit with other parameters (--set NAME=VALUE)',
  };
}
