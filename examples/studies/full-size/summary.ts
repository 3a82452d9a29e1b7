/**
 * What was measured, as a table; below it what the sample says of the whole.
 */
import { megabytes, renderTable, seconds } from '../../unlearn-digits/table.ts';
import type { FullModel } from './models.ts';
import { stepNames, type Steps } from './steps.ts';

export function summary({ name, dtype }: FullModel, steps: Steps): string {
  const rows = stepNames.flatMap((step) => {
    const ran = steps[step];
    if (!ran) return [];
    const { wallSeconds, coreSeconds, peakMemory } = ran;
    return [
      [step, seconds(wallSeconds), known(coreSeconds, seconds), known(peakMemory, megabytes)],
    ];
  });
  return [
    `${name}, ${dtype}`,
    '',
    renderTable([['lethe apex …', 'wall clock', 'all cores', 'peak memory'], ...rows]),
    ...(steps.sample ? sampleLines(steps.sample.result) : []),
  ].join('\n');
}

function sampleLines(sample: NonNullable<Steps['sample']>['result']): string[] {
  const { proved, refused, tiles, circuits, blocks, rows, blocksProved, jobs, whole } = sample;
  const own = sample.seconds;
  const each = (value: number): string => `${((1000 * value) / blocksProved).toFixed(2)} ms`;
  return [
    '',
    renderTable([
      ['the sample', ''],
      ['blocks touched', `${blocks}`],
      ['tiles', `${tiles} of ${circuits} circuits, at most ${rows} rows`],
      ['proved and verified', `${proved.length - refused.length}: ${proved.join(', ')}`],
      ['multipliers and their commitment, a block', each(own.prepare)],
      ['compiling a circuit', seconds(own.compile)],
      ['proving, a tile in its process', `${seconds(own.prove)}, ${jobs} at a time`],
      ['the same, all cores', seconds(own.proveCores)],
      ['verifying the sample', seconds(own.verify)],
      ['peak memory of a prover', megabytes(sample.peakMemory)],
    ]),
    '',
    `Estimate for all tiles on this machine: ${hours(whole.seconds)}, ${hours(whole.coreSeconds)} of a core to prove, a bundle of ${megabytes(whole.bundleBytes)}.`,
  ];
}

const known = (value: number | undefined, show: (value: number) => string): string =>
  value === undefined ? 'not measured here' : show(value);

const hours = (value: number): string => `${(value / 3600).toFixed(1)} hours`;
