// From measurements to a report: what a weight costs, and what whole models would.
import { expect, test } from 'vitest';
import { bundleBytes } from '../../../../examples/studies/costs/bundle-bytes.ts';
import { curvePoint } from '../../../../examples/studies/costs/curve.ts';
import { estimatesOf } from '../../../../examples/studies/costs/estimates.ts';
import { coverage, randomMask } from '../../../../examples/studies/costs/masks.ts';
import { renderMarkdown, renderPage } from '../../../../examples/studies/costs/report/page.ts';
import type { Results } from '../../../../examples/studies/costs/results.ts';
import { siblingCount } from '../../../../stdlib/apex/commitments/tree.ts';
import { withResults } from '../../../../examples/studies/costs/report/document.ts';
import { tileSubject } from '../../../../examples/studies/costs/study.ts';
import { evaluateAndCheck } from '../../../../compiler/meanings/witness.ts';
import { inTier } from '../../../tier.ts';

test.each(inTier({ quick: [], normal: [8], full: [8, 32, 64] }))(
  'generated blocks of %i satisfy the circuit of their tile',
  (size) => {
    const tiny = randomMask(0.04, [{ name: 'w', shape: [192, 64], orientation: 'out-in' }]);
    const { subject, blocks, tiles } = tileSubject({ size, log: 13 }, tiny);
    expect(tiles).toBeGreaterThan(1);
    expect(blocks).toBeGreaterThan(1);
    expect(evaluateAndCheck(subject.circuit, subject.inputs).findings).toEqual([]);
  },
);

test('a bundle holds its proofs, a leaf for each masked weight, a commitment for each block, and the siblings', async () => {
  const layer = { name: 'w', shape: [64, 512], orientation: 'out-in' } as const;
  const all = coverage(randomMask(0.04, [layer]), 8);
  const shape = { coverage: all, tiles: 800, keeps: 'root' } as const;
  const one = await bundleBytes({ ...shape, proofBytes: 7000 });
  const two = await bundleBytes({ ...shape, proofBytes: 8000 });
  expect(two - one).toBe(1000 * 800);
  const elements = all.touched.length + all.positions.length;
  expect(one).toBeGreaterThan(elements * 32 + 7004 * 800);
  const kept = await bundleBytes({ ...shape, keeps: 'leaves', proofBytes: 7000 });
  expect(kept - all.touched.length * 32 - 7004 * 800).toBeLessThan(1000);
  const siblings = await siblingCount(all.weights, all.positions);
  expect(one - kept - 32 * (siblings + all.positions.length)).toBeLessThan(100);
});

test('estimates are the cost of a weight times the weights', () => {
  const [vit, opt] = estimatesOf({
    coreMillisecondsPerWeight: 4,
    verifyMillisecondsPerWeight: { root: 0.01, leaves: 0.005 },
    bytesPerWeight: { root: 3, leaves: 2 },
    tilesPerWeight: 1e-3,
  });
  expect(vit!.weights).toBe(28_311_552);
  expect(vit!.tiles).toBe(28312);
  expect(vit!.proveCoreHours).toBeCloseTo(31.46, 2);
  expect(vit!.verifyCoreMinutes.root).toBeCloseTo(4.72, 2);
  expect(vit!.bundleMegabytes.root).toBeCloseTo(84.93, 2);
  expect(vit!.bundleMegabytes.leaves).toBeCloseTo(56.62, 2);
  expect(opt!.weights).toBe(2 * vit!.weights);
});

test('a point of the curve has about the constraints that were asked for', () => {
  const { constraints, trace, analyse, record } = curvePoint(11);
  expect(constraints / 2 ** 11).toBeGreaterThan(0.8);
  expect(constraints / 2 ** 11).toBeLessThan(1.25);
  expect(Math.min(trace, analyse, record)).toBeGreaterThanOrEqual(0);
});

const results: Results = {
  machine: { processor: 'P <1>', cores: 2, memory: 2 ** 33, node: 'v20' },
  sources: 'ab'.repeat(32),
  masks: [{ name: 'random 4 %', weights: 1000 }],
  rows: [
    {
      ...{ size: 8, mask: 'random 4 %', touched: 0.25, rowsPerWeight: 5.5 },
      ...{ tiles: 12, circuits: 3, empty: 0.03 },
      byPurpose: { opening: 1, range: 2, arithmetic: 1.5, hashing: 0.5, linking: 0.5 },
    },
  ],
  parts: [
    {
      ...{ size: 32, mask: 'random 4 %', rows: 40 },
      parts: [{ op: 'contract', kind: 'product', purpose: 'arithmetic', rows: 10 }],
    },
  ],
  proofs: [],
  curve: [{ log: 10, constraints: 1000, trace: 0.1, analyse: 0.2, record: 0.3 }],
};

test('the report says what was measured', () => {
  const text = renderMarkdown(results);
  expect(text).toContain(
    '| 8 | 25.0 % | 12 | 3 | 3.0 % | 5.50 | 1.00 | 2.00 | 1.50 | 0.50 | 0.50 |',
  );
  expect(text).toContain('| contract | product | arithmetic | 10.00 | 25.0 % |');
  expect(text).toContain('| 1000 | 0.10 | 0.20 | 0.30 | 0.60 | 600.0 |');
  const page = renderPage(results);
  expect(page).toContain('P &lt;1>');
  expect(page).not.toMatch(/src=|href=/);
});

test('the tables of the document are replaced, and nothing else of it', () => {
  const [begin, end] = ['<!-- npm run bench -- --docs -->', '<!-- end -->'];
  const written = withResults(`# P\n\n${begin}\nold\n${end}\n\nafter\n`, results);
  expect(written.startsWith(`# P\n\n${begin}\n\nP <1>, 2 cores`)).toBe(true);
  expect(written.endsWith(`${end}\n\nafter\n`)).toBe(true);
  expect(written).not.toContain('old');
  expect(written).toMatch(/\n\| 8 +\| 25\.0 % +\| 12 +\| 3 +\| 3\.0 % +\| 5\.50 +\|/);
  expect(withResults(written, results)).toBe(written);
  expect(() => withResults('no marks', results)).toThrow('has no');
});
