// The assumptions of a circuit: its constraints do not prove them. A declared relation has premises (`choice.premises` of its op).
// Each is derived here, or it is an assumption with a name: open until somebody accepts it.
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Program } from '../../ir/program.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { findOp } from '../../ops/index.ts';
import type { Premise } from '../../ops/op.ts';
import { callOf } from '../../program/calls.ts';
import { describeLine } from '../../program/print.ts';
import { boundElements } from '../commitments/bound.ts';
import { unboundOperands, type BoundElements } from '../commitments/unbound.ts';
import { analyzeDeterminism } from '../determinism/report.ts';
import { Deriver, type Certificate } from './derive.ts';
import { emptyClaim } from './empty-claim.ts';
import { cureOf, describePremise, isShared, nameOf, Names } from './premise.ts';

export interface Assumption {
  /** Unique in the circuit, and the same as long as its declared lines keep their order: `reciprocal.within`. */
  readonly name: string;
  readonly line: number;
  /** The statement that is taken as true. */
  readonly says: string;
  /** The kind of the premise; absent for an operand that nothing binds. */
  readonly premise?: Premise['kind'];
  /** The missing part of a proof. */
  readonly why?: string;
  /** How the circuit can do without it. */
  readonly cure: string;
  /** Why somebody accepts it; absent while it is open. */
  readonly accepted?: string;
}

/** A premise that the circuit proves. */
export interface Derivation {
  readonly name: string;
  readonly line: number;
  readonly says: string;
  readonly because: string;
}

export interface Assumptions {
  readonly assumptions: readonly Assumption[];
  readonly derived: readonly Derivation[];
  /** By declared line, what the constraints certify of its value by themselves. */
  readonly certificates: ReadonlyMap<number, Certificate>;
  /** By line, the names of the assumptions that its value, and the bound of its error, rest on. */
  readonly restsOn: readonly (readonly string[])[];
  /** Names that are accepted and not assumed; claims that say nothing. */
  readonly findings: readonly Diagnostic[];
}

/** `accepted`: names with reasons from outside; the circuit's own `assume` lines count as well. */
export function analyzeAssumptions(
  circuit: LoweredProgram,
  accepted: ReadonlyMap<string, string> = new Map(),
): Assumptions {
  const { program } = circuit;
  const reasons = new Map([...acceptances(program), ...accepted]);
  const deriver = new Deriver(circuit, analyzeDeterminism(circuit).forcedLines);
  const names = new Names();
  const [assumptions, derived]: [Assumption[], Derivation[]] = [[], []];
  const certificates = new Map<number, Certificate>();
  /** Lines whose value is near a function of the arguments, whatever the prover takes for these. */
  const near = new Set<number>();
  const restsOn: (readonly string[])[] = [];
  const findings: Diagnostic[] = [];
  const assume = (assumption: Omit<Assumption, 'accepted'>): void => {
    const reason = reasons.get(assumption.name);
    assumptions.push({ ...assumption, ...(reason === undefined ? {} : { accepted: reason }) });
  };
  program.lines.forEach((line, number) => {
    const { choice, premises } = findOp(line.op);
    const call = callOf(program, line);
    const own: string[] = [];
    if (choice?.relation(call) !== undefined) certificates.set(number, deriver.certify(number));
    if (choice?.follows && deriver.isBounded(number)) near.add(number);
    for (const premise of [...(choice?.premises(call) ?? []), ...(premises?.(call) ?? [])]) {
      const base = nameOf(premise, line.op);
      if (isShared(premise) && assumptions.some(({ name }) => name === base)) {
        own.push(base);
        continue;
      }
      const name = names.next(base);
      const says = describePremise(premise);
      findings.push(...emptyClaim(premise, program, number));
      const found = deriver.derive(premise, number);
      if ('because' in found) {
        derived.push({ name, line: number, says, because: found.because });
        if (premise.kind === 'near-hint') near.add(number);
      } else {
        own.push(name);
        const cure = cureOf(premise);
        assume({ name, line: number, says, premise: premise.kind, cure, ...found });
      }
    }
    restsOn.push([...new Set([...line.arguments.flatMap((arg) => restsOn[arg]!), ...own])]);
  });
  const chosen = [...certificates].flatMap(([line, { kind }]) =>
    kind === 'exact' || near.has(line) ? [] : [line],
  );
  const bound: BoundElements = chosen.length + near.size > 0 ? boundElements(circuit) : new Map();
  for (const { input, line, says, cure } of unboundOperands(program, bound, chosen))
    assume({ name: `${input}.unbound`, line, says, cure });
  /** Names that need no acceptance: to accept one all the same is no mistake. */
  const settled = [
    ...derived.map(({ name }) => name),
    ...unboundOperands(program, bound, near).map(({ input }) => `${input}.unbound`),
  ];
  return {
    assumptions,
    derived,
    certificates,
    restsOn,
    findings: [...findings, ...unknownNames(reasons, assumptions, settled)],
  };
}

/** The names that the program's own lines accept, with their reasons. */
function acceptances(program: Program): Map<string, string> {
  return new Map(
    program.lines.flatMap(({ op, attributes }) => {
      const accepted = findOp(op).port?.accepts?.(attributes);
      return accepted ? [[accepted.name, accepted.reason] as const] : [];
    }),
  );
}

/** A name that stands for nothing is a mistake, or what it stood for has changed. */
function unknownNames(
  reasons: ReadonlyMap<string, string>,
  assumptions: readonly Assumption[],
  settled: readonly string[],
): Diagnostic[] {
  const known = assumptions.map(({ name }) => name);
  return [...reasons.keys()]
    .filter((name) => !known.includes(name) && !settled.includes(name))
    .map((name) => ({
      code: 'unknown-assumption',
      message: `the circuit assumes nothing that is called "${name}"`,
      hint: known.length > 0 ? `it assumes: ${known.join(', ')}` : 'it assumes nothing: remove it',
    }));
}

/** One finding for each assumption that nobody has accepted. */
export function openAssumptions(
  { assumptions, certificates }: Assumptions,
  program: Program,
): Diagnostic[] {
  return assumptions
    .filter(({ accepted }) => accepted === undefined)
    .map(({ name, line, says, why, cure }) => {
      const { where } = program.lines[line]!;
      const certificate = certificates.get(line);
      return {
        code: 'open-assumption',
        message: `"${name}" is assumed and not proved: ${says}${why ? `, but ${why}` : ''}${certificate ? `; the constraints certify ${describeCertificate(certificate)}` : ''}, in \`${describeLine(program, line)}\``,
        hint: `${cure}; or accept it: lethe audit --assume ${name}, or c.assume('${name}', { because: '…' }) in the circuit`,
        ...(where ? { where } : {}),
      };
    });
}

export function describeCertificate(certificate: Certificate): string {
  switch (certificate.kind) {
    case 'exact':
      return 'that the inputs force its value';
    case 'interval':
      return `that accepted values differ by at most ${certificate.spread.toExponential(1)}`;
    case 'nothing':
      return 'nothing of its value';
  }
}
