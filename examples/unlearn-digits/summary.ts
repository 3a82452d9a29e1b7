/**
 * What the demo prints in the end.
 */
import type { Agreed, CarriedOut } from './protocol.ts';
import { kilobytes, megabytes, percent, renderTable, seconds } from './table.ts';

/** Accuracies of one model: on the class to forget, and on the client's images of the other classes. */
export interface Scores {
  readonly forget: number;
  readonly personal: number;
}

export interface Summary {
  readonly origin: string;
  readonly forgetClass: number;
  readonly scores: Readonly<Record<'before' | 'maskOnly' | 'float' | 'proved', Scores>>;
  /** max |θ_u proved − θ_u float64|. */
  readonly distance: number;
  readonly protocol: Agreed & CarriedOut;
  /** Of the whole demo. */
  readonly wallSeconds: number;
}

export function summary({ protocol, ...rest }: Summary): string {
  const { unlearn, verify, replay } = protocol;
  const { weights, live, blocks, tiles, circuits, rows, jobs, epsilon, ...proved } = unlearn.result;
  const { scores } = rest;
  const accuracy = renderTable([
    ['weights', 'forget accuracy ↓', 'personal accuracy ↑'],
    ...Object.entries({
      before: scores.before,
      'mask only': scores.maskOnly,
      'compensated, float64': scores.float,
      'compensated, as it was proved': scores.proved,
    }).map(([title, { forget, personal }]) => [title, percent(forget), percent(personal)]),
  ]);
  const measured = renderTable([
    ['the proof', ''],
    ['weights in scope', count(weights)],
    ['masked', count(live)],
    ['Fisher blocks with a masked weight', `${blocks} of ${protocol.plan.result.blocks}`],
    ['proofs', `${tiles} of ${circuits} circuits, ${jobs} at a time`],
    ['rows', count(rows)],
    ['rows per weight in scope', proved.rowsPerWeight.toFixed(1)],
    ['unlearn, wall clock', seconds(unlearn.wallSeconds)],
    ['unlearn, all cores', cores(unlearn.coreSeconds)],
    ['core milliseconds per weight', cores(unlearn.coreSeconds, weights)],
    ['peak memory of a prover', megabytes(proved.peakMemory)],
    ['bundle', kilobytes(proved.bytes)],
    ['bytes per weight in scope', proved.bytesPerWeight.toFixed(2)],
    ['verify, wall clock', seconds(verify.wallSeconds)],
    ['verify, all cores', cores(verify.coreSeconds)],
    ['ε of a block, of the model', `${power(epsilon.block)}, ${power(epsilon.model)}`],
  ]);
  return [
    '',
    `Digits: ${rest.origin}. The class to forget is ${rest.forgetClass}.`,
    '',
    accuracy,
    '',
    measured,
    '',
    `ε bounds how far θ_u is from the exact step on what was registered (2-norm). From the float64 reference, which knows no`,
    `rounding at registration either, no weight is farther than ${power(rest.distance)}.`,
    `The bundle was ${verify.result.accepted ? 'accepted' : 'refused'}; sent again, it was refused (${replay.result.reason?.code}). The first verification made the provider's key.`,
    `The whole demo took ${seconds(rest.wallSeconds)}.`,
  ].join('\n');
}

const power = (value: number): string => value.toExponential(1);

const count = (value: number): string => value.toLocaleString('en-US');

/** Seconds, or milliseconds for each of so many. */
const cores = (value: number | undefined, each?: number): string =>
  value === undefined
    ? 'not measured here'
    : each === undefined
      ? seconds(value)
      : ((1000 * value) / each).toFixed(1);
