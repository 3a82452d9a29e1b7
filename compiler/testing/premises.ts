// What declared relations rest on, held against inputs: the bound of `solve` stands if its matrix is symmetric and no
// eigenvalue of it is below the λ that is declared.
import type { InputValues } from '../constraints/witness.ts';
import { fractionOf } from '../ir/format.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { evaluateFixed } from '../meanings/fixed.ts';
import { isDefinite, smallestEigenvalue } from '../numbers/eigenvalue.ts';
import { toReal } from '../numbers/rounding.ts';
import { describePlace } from './near-reals.ts';

/** Of a system of a line of which the premise is false. */
export interface FalsePremise {
  readonly line: number;
  /** Its number in the batch. */
  readonly system: number;
  readonly kind: 'symmetric' | 'smallest-eigenvalue';
  /** What is declared, and what it is, for an eigenvalue. */
  readonly declared?: number;
  readonly actual?: number;
  readonly message: string;
  readonly inputs: InputValues;
}

/** The matrices [..., n, n] of which a line says that they are symmetric, and that no eigenvalue is below λ. */
interface Premise {
  readonly matrices: readonly bigint[];
  readonly n: number;
  readonly fraction: number;
  readonly smallestEigenvalue: number;
}

/** Every system of every line that the inputs make false; none where the fixed meaning does not get to the line. */
export function falsePremises(circuit: LoweredProgram, inputs: InputValues): FalsePremise[] {
  const { values } = evaluateFixed(circuit.program, inputs);
  return circuit.program.lines.flatMap((_, line) => {
    const premise = premiseOf(circuit, line, values);
    return premise ? checkPremise(circuit, line, premise, inputs) : [];
  });
}

/** What a line rests on, from its attributes and the values of its first argument. */
function premiseOf(
  { program }: LoweredProgram,
  number: number,
  values: readonly (readonly bigint[] | undefined)[],
): Premise | undefined {
  const line = program.lines[number]!;
  const { smallestEigenvalue } = line.attributes;
  const matrices = values[line.arguments[0]!];
  if (typeof smallestEigenvalue !== 'number' || !matrices) return undefined;
  const { shape, format } = program.lines[line.arguments[0]!]!.type;
  return { matrices, n: shape.at(-1)!, fraction: fractionOf(format), smallestEigenvalue };
}

/** Relative to λ, and to the rounding of float64 beside the largest entry. */
const [margin, rounding] = [1e-9, 2 ** -50];

function checkPremise(
  circuit: LoweredProgram,
  line: number,
  { matrices, n, fraction, smallestEigenvalue: declared }: Premise,
  inputs: InputValues,
): FalsePremise[] {
  return Array.from({ length: matrices.length / n ** 2 }, (_, system): FalsePremise[] => {
    const entry = (i: number, j: number): bigint => matrices[(system * n + i) * n + j]!;
    const indices = Array.from({ length: n }, (_, i) => i);
    const where = `${describePlace(circuit, line, system * n)} (system ${system})`;
    const wrong = { line, system, inputs };
    const twisted = indices.flatMap((i) =>
      indices.filter((j) => entry(i, j) !== entry(j, i)).map((j) => [i, j] as const),
    );
    if (twisted[0]) {
      const [i, j] = twisted[0];
      const message = `${where}: the matrix is not symmetric: entry [${i},${j}] is ${entry(i, j)}, entry [${j},${i}] is ${entry(j, i)}`;
      return [{ ...wrong, kind: 'symmetric', message }];
    }
    const matrix = indices.map((i) => indices.map((j) => toReal(entry(i, j), fraction)));
    const size = Math.max(...matrix.flat().map(Math.abs));
    const least = declared * (1 - margin) - n ** 2 * rounding * size;
    if (isDefinite(matrix, least)) return [];
    const actual = smallestEigenvalue(matrix);
    if (actual >= least) return [];
    const message = `${where}: the matrix has the eigenvalue ${actual}, and none below ${declared} is declared`;
    return [{ ...wrong, kind: 'smallest-eigenvalue', declared, actual, message }];
  }).flat();
}
