// Costs of refusals as a table, in parts of an acceptance.
import type { Grid } from '../../page/grid.ts';
import type { Cost, Refusals } from './refusals.ts';

export function refusalsGrid({ costs }: Refusals): Grid {
  const part = ({ coreSeconds }: Cost, keys: boolean): string => {
    const accepted = costs.find((each) => each.stage === 'accepted' && each.keys === keys)!;
    return (coreSeconds / accepted.coreSeconds).toFixed(2);
  };
  return [
    ['bundle', 'verdict', 'core seconds', 'where keys are made', 'where they are kept', 'MB'],
    ...costs.map((cost) => {
      const { title, code, stage, keys, coreSeconds, memory } = cost;
      const asked = stage !== 'before the proofs';
      return [
        asked ? `${title}, keys ${keys ? 'kept' : 'made'}` : title,
        `\`${code}\``,
        coreSeconds.toFixed(2),
        asked && keys ? '' : part(cost, false),
        asked && !keys ? '' : part(cost, true),
        (memory / 1e6).toFixed(0),
      ];
    }),
  ];
}
