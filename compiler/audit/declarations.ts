// Attacks on what is declared: each chosen value is pushed as far from its hint as the constraints allow, and the premises of
// systems are held against the honest inputs.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeElement } from '../meanings/fixed.ts';
import { printLine } from '../program/print.ts';
import { exactInputs } from '../testing/exact-inputs.ts';
import { falsePremises } from '../testing/premises.ts';
import { pushChoices } from '../testing/tamper/push-choices.ts';
import { deadline } from './deadline.ts';
import type { AuditOptions } from './options.ts';

export interface DeclarationSummary {
  readonly inputs: number;
  /** Chosen values over all inputs, and those that were pushed to their end. */
  readonly values: number;
  readonly pushed: number;
  readonly tried: number;
  /** The largest distance that was reached, as a part of its bound. */
  readonly farthest: number;
  readonly findings: readonly Diagnostic[];
}

/** Inputs beyond the first few add little. */
const mostInputs = 3;

export function auditDeclarations(
  circuit: LoweredProgram,
  honest: readonly InputValues[],
  { seconds, seed, progress }: AuditOptions,
): DeclarationSummary {
  const used = honest.slice(0, mostInputs);
  const findings = new Map<string, Diagnostic>();
  const add = (
    code: string,
    line: number,
    element: number,
    message: string,
    hint: string,
  ): void => {
    const { program } = circuit;
    const at = program.lines[line]!;
    const key = `${code} ${line}`;
    // One finding for each line: other elements and inputs say the same.
    if (findings.has(key)) return;
    findings.set(key, {
      code,
      message: `${describeElement(program, at, element)} ${message}, in \`${printLine(program, line)}\``,
      hint,
      ...(at.where ? { where: at.where } : {}),
    });
  };
  let [values, pushed, tried, farthest] = [0, 0, 0, 0];
  for (const [i, inputs] of used.entries()) {
    const late = deadline(seconds / used.length);
    const bound = exactInputs(circuit.program, inputs);
    const result = pushChoices(circuit, bound, {
      seed: seed + i,
      until: late,
      progress: (done, of) => progress?.('pushing', i * of + done, used.length * of),
    });
    values += result.values;
    pushed += result.reached.length;
    tried += result.tried;
    for (const { distance, bound: most } of result.reached)
      if (most > 0 && Number.isFinite(most)) farthest = Math.max(farthest, distance / most);
    for (const { line, element, message } of result.found)
      add(
        'too-far',
        line,
        element,
        `a value is accepted that its bound excludes: ${message}`,
        tooFar,
      );
  }
  for (const inputs of honest)
    for (const { line, message } of falsePremises(circuit, inputs))
      add(
        'false-premise',
        line,
        0,
        `what is declared is false on an honest input: ${message}`,
        falseOf,
      );
  return { inputs: used.length, values, pushed, tried, farthest, findings: [...findings.values()] };
}

const tooFar = 'assert what ties the value to its arguments, or declare a distance that holds';
const falseOf = 'declare what holds of every input, or assert it: assertDefinite, symmetric';
