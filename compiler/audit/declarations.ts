// Attacks on declared choices, and on undeclared advice: each chosen value is pushed as far from its hint as the
// constraints allow, and the premises of systems are held against the honest inputs.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
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
  /** For each finding of a value that is too far, the inputs and the whole witness that is accepted. */
  readonly accepted: readonly AcceptedWitness[];
}

export interface AcceptedWitness {
  readonly line: number;
  readonly element: number;
  readonly honest: bigint;
  readonly accepted: bigint;
  readonly inputs: Readonly<Record<string, readonly bigint[]>>;
  readonly witness: readonly bigint[];
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
  const accepted: AcceptedWitness[] = [];
  /** False where a finding of the line is there already: other elements and inputs say the same. */
  const isNew = (code: string, line: number, message: string, hint: string): boolean => {
    const key = `${code} ${line}`;
    if (findings.has(key)) return false;
    const { where } = circuit.program.lines[line]!;
    findings.set(key, { code, message, hint, ...(where ? { where } : {}) });
    return true;
  };
  let [values, pushed, tried, farthest] = [0, 0, 0, 0];
  for (const [i, inputs] of used.entries()) {
    const late = deadline(seconds / used.length);
    const bound = exactInputs(circuit.program, inputs);
    const result = pushChoices(circuit, bound, {
      seed: seed + i,
      undeclared: true,
      until: late,
      progress: (done, of) => progress?.('pushing', i * of + done, used.length * of),
    });
    values += result.values;
    pushed += result.reached.length;
    tried += result.tried;
    for (const { distance, bound: most } of result.reached)
      if (most > 0 && Number.isFinite(most)) farthest = Math.max(farthest, distance / most);
    for (const each of result.found) {
      const { kind, line, element, message, honest: own, accepted: other, ...found } = each;
      const says =
        kind === 'too-far' ? `a value is accepted that its bound excludes: ${message}` : message;
      if (!isNew(kind, line, says, kind === 'too-far' ? tooFar : notForced)) continue;
      const given = Object.fromEntries(found.inputs);
      accepted.push({
        line,
        element,
        honest: own,
        accepted: other,
        inputs: given,
        witness: found.witness,
      });
    }
  }
  for (const inputs of honest)
    for (const { line, message } of falsePremises(circuit, inputs))
      isNew(
        'false-premise',
        line,
        `what is declared is false on an honest input: ${message}`,
        falseOf,
      );
  return {
    inputs: used.length,
    values,
    pushed,
    tried,
    farthest,
    findings: [...findings.values()],
    accepted,
  };
}

const tooFar =
  'assert what ties the value to its arguments, or declare a distance that holds; --json prints the whole witness';
const notForced = 'assert what forces the value; --json prints the whole witness';
const falseOf = 'declare what holds of every input, or assert it: assertDefinite, symmetric';
