// No operation costs more rows than its hand-made version, which means the same; and the table in docs says what is counted today.
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InputValues } from '../../compiler/constraints/witness.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { arbitraryInputs } from '../../compiler/testing/index.ts';
import { inTier, runs } from '../tier.ts';
import { comparisons, rowsOf, type Comparison } from './comparisons.ts';

const page = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());
const table = page.split('\n').map(cells);

const largest = inTier({ quick: 16, normal: 16, full: Infinity });
const counted = comparisons.filter(({ elements }) => elements <= largest);

test.each(counted)('$op, $size: no more rows than by $by', (each) => {
  const [ours, handMade] = rowsOf(each);
  expect(ours).toBeLessThanOrEqual(handMade);
  const row = table.find(
    ([, op, size, by]) => op === each.op && size === each.size && by === each.by,
  );
  expect(row?.slice(4, 6), 'npm run op-costs writes the table').toEqual([`${ours}`, `${handMade}`]);
});

/** Divisors of 0 become 1, and positions past the end of the axis positions on it. */
function legal({ op, elements }: Comparison, fixed: InputValues): InputValues {
  const second = fixed.get('x1');
  if (!second || op.includes('atLeast')) return fixed;
  const past = (x: bigint): bigint => (op.includes('gather') ? x % BigInt(elements) : x || 1n);
  return new Map([...fixed, ['x1', second.map(past)]]);
}

const meant = counted.filter((each) => 'build' in each.handMade);

test.each(meant)('$op, $size: by $by means the same', (each) => {
  const { ours, handMade } = each;
  if (!('build' in handMade)) throw new Error('a circuit is needed');
  const [a, b] = [ours.build(), handMade.build()];
  const result = ({ lines }: Program): number => lines.at(-1)!.arguments[0]!;
  fc.assert(
    fc.property(arbitraryInputs(a), ({ fixed }) => {
      for (const inputs of [fixed, legal(each, fixed)]) {
        const [one, other] = [evaluateFixed(a, inputs), evaluateFixed(b, inputs)];
        expect(one.findings.length === 0).toBe(other.findings.length === 0);
        if (inputs !== fixed) expect(one.findings).toEqual([]);
        if (one.findings.length === 0)
          expect(one.values[result(a)]).toEqual(other.values[result(b)]);
      }
    }),
    { numRuns: runs(24) },
  );
});
