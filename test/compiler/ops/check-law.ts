// A law of an op on random cases: when it fails, the op comes first, then how to try its laws alone.
import fc from 'fast-check';
import { tier } from '../../tier.ts';

export function checkLaw<T>(op: string, law: string, property: fc.IProperty<T>): void {
  const details = fc.check(property);
  if (!details.failed) return;
  const alone = `npx vitest run test/compiler/ops/laws.test.ts -t '^${op} '`;
  throw new Error(
    [
      `${op}: "${law}" does not hold. The laws of this op alone, on the same cases:`,
      `  LETHE_TESTS=${tier} LETHE_SEED=${details.seed} ${alone}`,
      fc.defaultReportMessage(details),
    ].join('\n'),
    { cause: details.errorInstance },
  );
}
