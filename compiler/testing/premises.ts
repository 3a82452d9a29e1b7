// The premises of declared relations, held against inputs: that matrices are symmetric, and have no small eigenvalue.
import type { InputValues } from '../constraints/witness.ts';
import { fractionOf } from '../ir/format.ts';
import type { Program } from '../ir/program.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { evaluateFixed } from '../meanings/fixed.ts';
import { callOf } from '../program/calls.ts';
import { findOp } from '../ops/index.ts';
import type { Premise } from '../ops/op.ts';
import { isDefinite, smallestEigenvalue } from '../numbers/eigenvalue.ts';
import { toReal } from '../numbers/rounding.ts';
import { describePlace } from './near-reals.ts';

/** A system of a line whose premise is false. */
export interface FalsePremise {
  readonly line: number;
  /** Its number in the batch. */
  readonly system: number;
  readonly kind: 'symmetric' | 'eigenvalues';
  /** The declared bound and the actual eigenvalue. */
  readonly declared?: number;
  readonly actual?: number;
  readonly message: string;
  readonly inputs: InputValues;
}

/** Every system of every line that the inputs make false; none where the fixed meaning does not get to the line. */
export function falsePremises(circuit: LoweredProgram, inputs: InputValues): FalsePremise[] {
  const { values } = evaluateFixed(circuit.program, inputs);
  const { program } = circuit;
  return program.lines.flatMap((line, number) => {
    const premises = findOp(line.op).choice?.premises(callOf(program, line)) ?? [];
    return premises.flatMap((premise) => {
      if (!isOfMatrix(premise)) return [];
      const matrices = values[line.arguments[premise.argument]!];
      return matrices ? checkMatrices(circuit, number, premise, matrices, inputs) : [];
    });
  });
}

/** Whether the program has premises that inputs can make false. */
export const restsOnMatrices = (program: Program): boolean =>
  program.lines.some((line) =>
    (findOp(line.op).choice?.premises(callOf(program, line)) ?? []).some(isOfMatrix),
  );

type OfMatrix = Extract<Premise, { kind: 'symmetric' | 'eigenvalues' }>;

const isOfMatrix = (premise: Premise): premise is OfMatrix =>
  premise.kind === 'symmetric' || premise.kind === 'eigenvalues';

/** Relative to λ, and to the rounding of float64 beside the largest entry. */
const [margin, rounding] = [1e-9, 2 ** -50];

function checkMatrices(
  circuit: LoweredProgram,
  line: number,
  premise: OfMatrix,
  matrices: readonly bigint[],
  inputs: InputValues,
): FalsePremise[] {
  const { lines } = circuit.program;
  const { shape, format } = lines[lines[line]!.arguments[premise.argument]!]!.type;
  const n = shape.at(-1)!;
  return Array.from({ length: matrices.length / n ** 2 }, (_, system): FalsePremise[] => {
    const rows = Array.from({ length: n }, (_, i) =>
      matrices.slice((system * n + i) * n, (system * n + i + 1) * n),
    );
    const wrong =
      premise.kind === 'symmetric'
        ? asymmetry(rows)
        : smallEigenvalue(rows, fractionOf(format), premise.least);
    if (!wrong) return [];
    const where = `${describePlace(circuit, line, system * n)} (system ${system})`;
    return [{ line, system, inputs, ...wrong, message: `${where}: ${wrong.message}` }];
  }).flat();
}

type Wrong = Pick<FalsePremise, 'kind' | 'declared' | 'actual' | 'message'>;

function asymmetry(rows: readonly (readonly bigint[])[]): Wrong | undefined {
  for (const [i, row] of rows.entries())
    for (const [j, entry] of row.entries())
      if (entry !== rows[j]![i])
        return {
          kind: 'symmetric',
          message: `the matrix is not symmetric: entry [${i},${j}] is ${entry}, entry [${j},${i}] is ${rows[j]![i]}`,
        };
  return undefined;
}

function smallEigenvalue(
  rows: readonly (readonly bigint[])[],
  fraction: number,
  declared: number,
): Wrong | undefined {
  if (asymmetry(rows)) return undefined;
  const matrix = rows.map((row) => row.map((entry) => toReal(entry, fraction)));
  const size = Math.max(...matrix.flat().map(Math.abs));
  const least = declared * (1 - margin) - rows.length ** 2 * rounding * size;
  if (isDefinite(matrix, least)) return undefined;
  const actual = smallestEigenvalue(matrix);
  if (actual >= least) return undefined;
  const message = `the matrix has the eigenvalue ${actual}, and none below ${declared} is declared`;
  return { kind: 'eigenvalues', declared, actual, message };
}
