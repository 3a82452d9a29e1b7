// Plots and tables of the reports: what is in them is in the page, and nothing of it is markup.
import { expect, test } from 'vitest';
import { renderDocument } from '../../../../examples/studies/page/document.ts';
import { htmlGrid, markdownGrid } from '../../../../examples/studies/page/grid.ts';
import { renderPlot } from '../../../../examples/studies/page/plot.ts';

const grid = [
  ['form', 'rows'],
  ['a < b', '5'],
];

test('tables', () => {
  expect(htmlGrid(grid)).toBe(
    '<table><tr><th>form</th><th>rows</th></tr><tr><td>a &lt; b</td><td>5</td></tr></table>',
  );
  expect(markdownGrid(grid)).toBe('| form | rows |\n| --- | --- |\n| a < b | 5 |');
});

const heights = (svg: string): number[] =>
  [...svg.matchAll(/cy="([\d.]+)"/g)].map((match) => Number(match[1]));

const points = [
  { x: 1, y: 1 },
  { x: 2, y: 10 },
  { x: 4, y: 100 },
];

test('on a logarithmic scale equal ratios are equal distances', () => {
  const draw = (logarithmic: boolean): number[] =>
    heights(renderPlot({ axis: 'x', series: [{ title: 's', points }], levels: [], logarithmic }));
  const [a, b, c] = draw(true) as [number, number, number];
  expect(a - b).toBeCloseTo(b - c, 0);
  const [d, e, f] = draw(false) as [number, number, number];
  expect((e - f) / (d - e)).toBeCloseTo(10, 0);
});

test('a point says its value, in percent unless the plot says how', () => {
  const plot = { axis: 'x', series: [{ title: 's', points: [{ x: 3, y: 0.25 }] }], levels: [] };
  expect(renderPlot(plot)).toContain('<title>s: 3: 25.0</title>');
  expect(renderPlot({ ...plot, show: (y) => `${y} rows` })).toContain('<title>s: 3: 0.25 rows');
});

test('a page refers to nothing outside itself', () => {
  const page = renderDocument('a & b', [htmlGrid(grid)]);
  expect(page).toContain('<title>a &amp; b</title>');
  expect(page).not.toMatch(/src=|href=|https?:/);
});
