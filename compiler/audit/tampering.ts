// The tamper harness, as far as an audit goes: a seeded sample of dishonest witnesses over a few honest ones.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { describeLine } from '../program/print.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeElement } from '../meanings/fixed.ts';
import { tamper } from '../testing/tamper/tamper.ts';
import { deadline } from './deadline.ts';
import type { AuditOptions } from './options.ts';

export interface TamperSummary {
  readonly inputs: number;
  readonly tried: number;
  readonly refused: number;
  readonly harmless: number;
  /** Inputs whose witnesses the clock cut short. */
  readonly cutShort: number;
  readonly findings: readonly Diagnostic[];
}

/** Inputs beyond the first few add little: the attacks are on the constraints. */
const mostInputs = 3;

export function auditTampering(
  circuit: LoweredProgram,
  honest: readonly InputValues[],
  { seconds, seed, witnesses, progress }: AuditOptions,
): TamperSummary {
  const used = honest.slice(0, mostInputs);
  let cutShort = 0;
  const results = used.map((inputs, i) => {
    const late = deadline(seconds / used.length);
    let isLate = false;
    const result = tamper(circuit, inputs, {
      seed: seed + i,
      limit: witnesses,
      until: () => (isLate ||= late()),
      progress: (done, of) => progress?.('tampering', i * of + done, used.length * of),
    });
    if (isLate) cutShort++;
    return result;
  });
  const total = (key: 'tried' | 'refused' | 'harmless'): number =>
    results.reduce((sum, result) => sum + result[key], 0);
  return {
    inputs: used.length,
    tried: total('tried'),
    refused: total('refused'),
    harmless: total('harmless'),
    cutShort,
    findings: results
      .flatMap(({ accepted }) => accepted)
      .map(({ origin, message }) => finding(circuit, origin, message)),
  };
}

function finding(
  { program }: LoweredProgram,
  { line, element }: { readonly line: number; readonly element: number },
  message: string,
): Diagnostic {
  const { where } = program.lines[line]!;
  return {
    code: 'tampering-accepted',
    message: `${describeElement(program, program.lines[line]!, element)} a dishonest witness is accepted (${message}), in \`${describeLine(program, line)}\``,
    hint: 'a constraint that ties this value to its arguments is missing or too wide',
    ...(where ? { where } : {}),
  };
}
