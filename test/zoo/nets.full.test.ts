// The benchmark of nets, as `npm run nets` has it.
import { expect, test } from 'vitest';
import { cases } from './benchmark.ts';
import { alarms } from './known.ts';
import { judge } from './run.ts';
import { scoreOf } from './score.ts';

test('what a circuit shows by itself is found, and the right circuits that are reported are known', () => {
  const score = scoreOf(cases().map((specimen) => ({ specimen, verdict: judge(specimen) })));
  expect(score.circuit.missed).toEqual([]);
  expect(score.right.alarms).toEqual(alarms);
});
