// One report on a circuit: what it rests on, what it proves, and what the nets find when they try to make it prove something
// else. What is open by analysis is open whatever the nets had time for.
import {
  analyzeAssumptions,
  openAssumptions,
  type Assumptions,
} from '../analyses/assumptions/assumptions.ts';
import { boundElements } from '../analyses/commitments/bound.ts';
import { findUnhidden } from '../analyses/commitments/hiding.ts';
import { findPartlyBound } from '../analyses/commitments/unbound.ts';
import { findShortfalls } from '../analyses/completeness.ts';
import { findUnbounded } from '../analyses/decisions.ts';
import { analyzeDeterminism, type DeterminismReport } from '../analyses/determinism/report.ts';
import { systemDigest } from '../constraints/digest.ts';
import { countRows, totalRows, type RowCounts } from '../constraints/rows.ts';
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { analyzeErrors } from '../meanings/error.ts';
import { findUnusedParameters } from '../testing/unused-parameters.ts';
import { auditDeclarations, type DeclarationSummary } from './declarations.ts';
import { honestInputs } from './honest.ts';
import { auditMutants, type MutationSummary } from './mutants.ts';
import type { AuditOptions } from './options.ts';
import { statementOf, type Statement } from './statement.ts';
import { auditTampering, type TamperSummary } from './tampering.ts';
import { tiesOf, type Ties } from './ties.ts';

export interface Audit {
  readonly circuit: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** The assumptions, and the declarations that are derived. */
  readonly trust: Assumptions;
  readonly rows: RowCounts & { readonly total: number };
  readonly digest: string;
  readonly statement: Statement;
  readonly ties: Ties;
  readonly determinism: DeterminismReport;
  /** Undefined without an input that an honest prover has; so are the other nets. */
  readonly declarations?: DeclarationSummary;
  readonly tampering?: TamperSummary;
  readonly mutation?: MutationSummary;
  /** What has to be mended; empty when the circuit stands. */
  readonly open: readonly Diagnostic[];
  /** The work that the clock left untried, in words; empty when the audit is complete. */
  readonly notTried: readonly string[];
  /** What its author should know. */
  readonly notes: readonly Diagnostic[];
}

/** `inputs`: candidates, of which those that an honest prover can prove are used. Where these are few, others are found. */
export function auditCircuit(
  circuit: LoweredProgram,
  inputs: readonly InputValues[],
  options: AuditOptions,
): Audit {
  const { program, system, ranges } = circuit;
  const rows = countRows(system);
  const trust = analyzeAssumptions(circuit, options.accepted);
  const bound = boundElements(circuit);
  const determinism = analyzeDeterminism(circuit);
  const { honest, findings: missing } = honestInputs(circuit, inputs, trust, options);
  const declarations = honest.length > 0 ? auditDeclarations(circuit, honest, options) : undefined;
  const tampering = honest.length > 0 ? auditTampering(circuit, honest, options) : undefined;
  const mutation = honest.length > 0 ? auditMutants(circuit, honest, options) : undefined;
  return {
    circuit: program.name,
    parameters: program.parameters,
    trust,
    rows: { total: totalRows(rows), ...rows },
    digest: systemDigest(system),
    statement: statementOf(circuit, trust, bound),
    ties: tiesOf(program, bound),
    determinism,
    ...(declarations ? { declarations } : {}),
    ...(tampering ? { tampering } : {}),
    ...(mutation ? { mutation } : {}),
    open: [
      ...openAssumptions(trust, program),
      ...trust.findings,
      ...determinism.free,
      ...findUnhidden(circuit),
      ...findPartlyBound(program, bound),
      ...(options.source ? findUnusedParameters(options.source, program) : []),
      ...missing,
      ...(declarations?.findings ?? []),
      ...(tampering?.findings ?? []),
      ...(mutation?.findings ?? []),
    ],
    notTried: notTried(options, declarations, tampering, mutation),
    notes: [
      ...findShortfalls(program, ranges),
      ...findUnbounded(program, analyzeErrors(program, ranges)),
    ],
  };
}

function notTried(
  { witnesses, constraints }: AuditOptions,
  declarations?: DeclarationSummary,
  tampering?: TamperSummary,
  mutation?: MutationSummary,
): string[] {
  const found: string[] = [];
  if (declarations && declarations.pushed < declarations.values)
    found.push(
      `${declarations.values - declarations.pushed} of ${declarations.values} chosen values were not pushed`,
    );
  if (tampering && witnesses === 0) found.push('no dishonest witness was asked for');
  if (mutation && constraints === 0) found.push('no changed constraint was asked for');
  if (tampering && tampering.cutShort > 0)
    found.push(`tampering was cut short on ${tampering.cutShort} of ${tampering.inputs} inputs`);
  if (mutation && mutation.cutShort > 0)
    found.push(`${mutation.cutShort} constraints of the sample were not changed`);
  return found;
}
