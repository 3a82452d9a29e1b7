import { expect, test } from 'vitest';
import { renderScatter } from '../../../compiler/cli/scatter.ts';
import { renderTable } from '../../../compiler/cli/table.ts';

const points = [
  { x: 1, y: 1, mark: 'a' },
  { x: 10, y: 10, mark: 'b' },
  { x: 100, y: 100, mark: 'c' },
];

test('equal ratios are equal distances, and small is low and to the left', () => {
  const lines = renderScatter({ across: 'cost', up: 'error', points });
  const place = (mark: string): [number, number] => {
    const row = lines.findIndex((line) => line.includes('│') && line.includes(mark));
    return [lines[row]!.indexOf(mark), row];
  };
  const [a, b, c] = ['a', 'b', 'c'].map(place) as [number, number][] as [
    [number, number],
    [number, number],
    [number, number],
  ];
  expect(Math.abs(b[0] - a[0] - (c[0] - b[0]))).toBeLessThanOrEqual(1);
  expect(a[1]).toBeGreaterThan(b[1]);
  expect(b[1]).toBeGreaterThan(c[1]);
  expect(lines[0]).toContain('error');
  expect(lines.at(-1)).toContain('cost');
  expect(lines.at(-2)).toMatch(/ 1 +100$/);
});

test('one point, and none', () => {
  expect(renderScatter({ across: 'x', up: 'y', points: [points[0]!] }).join('\n')).toContain('a');
  expect(renderScatter({ across: 'x', up: 'y', points: [] })).toEqual([]);
});

test('tables: the first column to the left, the others to the right', () => {
  expect(
    renderTable([
      ['op', 'rows'],
      ['solve', '7'],
    ]),
  ).toEqual(['op     rows', 'solve     7']);
});
