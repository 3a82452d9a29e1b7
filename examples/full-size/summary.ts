/**
 * What was measured, as a table.
 */
import { megabytes, renderTable, seconds } from '../unlearn-digits/table.ts';
import type { FullModel } from './models.ts';
import { stepNames, type Steps } from './steps.ts';

export function summary({ name, dtype }: FullModel, steps: Steps): string {
  const rows = stepNames.flatMap((step) => {
    const ran = steps[step];
    if (!ran) return [];
    const { wallSeconds, coreSeconds, peakMemory } = ran;
    const core = coreSeconds === undefined ? '?' : seconds(coreSeconds);
    return [
      [step, seconds(wallSeconds), core, peakMemory === undefined ? '?' : megabytes(peakMemory)],
    ];
  });
  return [
    `${name}, ${dtype}`,
    '',
    renderTable([['step', 'wall clock', 'all cores', 'peak memory'], ...rows]),
  ].join('\n');
}
