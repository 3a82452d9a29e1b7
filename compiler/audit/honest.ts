// The honest inputs of an audit: candidates that an honest prover can prove, and where these are few, others that are found by working backwards
// from the assertions.
import type { Assumptions } from '../analyses/assumptions/assumptions.ts';
import { checkWitness } from '../constraints/checker.ts';
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeElement } from '../meanings/fixed.ts';
import { renderInteger } from '../numbers/interval.ts';
import { describeLine } from '../program/print.ts';
import { findHonest } from '../testing/honest/find.ts';
import type { Miss, Trial } from '../testing/honest/landscape.ts';
import { falsePremises, type FalsePremise } from '../testing/premises.ts';
import { honestWitness } from '../testing/witness.ts';
import { deadline } from './deadline.ts';
import type { AuditOptions } from './options.ts';

export interface HonestInputs {
  readonly honest: readonly InputValues[];
  /** Why there are none. */
  readonly findings: readonly Diagnostic[];
}

/** Candidates: enough for every net; on a large circuit fewer, because each witness takes long. With fewer than `fewest`, others are found. */
const [mostInputs, fewest] = [12, 8];

export function honestInputs(
  circuit: LoweredProgram,
  candidates: readonly InputValues[],
  { assumptions }: Assumptions,
  { seed, seconds, given = 0, progress }: AuditOptions,
): HonestInputs {
  const isAccepted = ({ line, kind }: FalsePremise): boolean =>
    assumptions.some(
      (each) => each.line === line && each.premise === kind && each.accepted !== undefined,
    );
  const isHonest = (inputs: InputValues): boolean => {
    const witness = honestWitness(circuit, inputs);
    return witness !== undefined && checkWitness(circuit.system, witness) === undefined;
  };
  // An accepted assumption holds wherever the circuit is used: generated inputs that break it show nothing.
  const keeps = (inputs: InputValues): boolean => !falsePremises(circuit, inputs).some(isAccepted);
  const late = deadline(seconds / 4);
  const honest: InputValues[] = [];
  for (const [i, each] of candidates.entries()) {
    if (honest.length >= mostInputs || (honest.length > 0 && late())) break;
    progress?.('inputs', i, candidates.length);
    if (isHonest(each) && (i < given || keeps(each))) honest.push(each);
  }
  if (honest.length >= fewest) return { honest, findings: [] };
  const found = findHonest(circuit.program, {
    seed,
    count: fewest - honest.length,
    known: honest,
    admits: (inputs) => isHonest(inputs) && keeps(inputs),
    until: deadline(seconds / 4),
  });
  const all = [...honest, ...found.honest];
  if (all.length > 0) return { honest: all, findings: [] };
  return { honest: [], findings: [noHonestInput(circuit, candidates.length, found)] };
}

function noHonestInput(
  circuit: LoweredProgram,
  tried: number,
  { nearest, starts }: ReturnType<typeof findHonest>,
): Diagnostic {
  const misses = nearest?.misses.flat() ?? [];
  const nothing = `none of ${tried} inputs has an honest witness, nor was one found in ${starts} searches from the assertions: nothing could be tampered with`;
  const hint =
    'give inputs that the assertions accept: --inputs F; if there are none, the assertions contradict each other';
  if (!nearest || misses.length === 0) return { code: 'no-honest-input', message: nothing, hint };
  const least = misses.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a));
  const { where } = circuit.program.lines[least.line]!;
  return {
    code: 'no-honest-input',
    message: `${nothing}; nearest to hold is ${describeMiss(circuit, nearest, least)}${others(misses.length - 1)}`,
    hint,
    ...(where ? { where } : {}),
  };
}

const sizeOf = ({ by }: Miss): bigint => (by < 0n ? -by : by);

const others = (count: number): string =>
  count === 0 ? '' : `; ${count} more elements fail with it`;

/** In integers: a condition need not be of the argument's format. */
function describeMiss(
  { program }: LoweredProgram,
  { conditions }: Trial,
  { line, element, by }: Miss,
): string {
  const place = `${describeElement(program, program.lines[line]!, element)}`;
  const text = `in \`${describeLine(program, line)}\``;
  const condition = conditions[line]?.[element];
  if (!condition) return `${place} no value, ${text}`;
  const { value, bounds } = condition;
  const bound = by > 0n ? bounds.high : bounds.low;
  return `${place} ${renderInteger(value)} is ${renderInteger(sizeOf({ line, element, by }))} ${by > 0n ? 'above' : 'below'} ${renderInteger(bound)} (integers, in units of the last place), ${text}`;
}
