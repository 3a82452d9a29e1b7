// Points on two logarithmic axes, for a terminal.

export interface Scatter {
  readonly across: string;
  readonly up: string;
  /** Later ones are drawn over earlier ones. Coordinates are above 0. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly mark: string }[];
}

const [width, height] = [64, 16];

/** Lines; none where there is no point. */
export function renderScatter({ across, up, points }: Scatter): string[] {
  if (points.length === 0) return [];
  const cells = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  const xs = axis(
    points.map(({ x }) => x),
    width,
  );
  const ys = axis(
    points.map(({ y }) => y),
    height,
  );
  for (const { x, y, mark } of points) cells[height - 1 - ys.at(y)]![xs.at(x)] = mark;
  const [top, bottom] = [ys.high, ys.low].map(show) as [string, string];
  const margin = Math.max(top.length, bottom.length);
  const label = (row: number): string =>
    (row === 0 ? top : row === height - 1 ? bottom : '').padStart(margin);
  const [left, right] = [show(xs.low), show(xs.high)];
  return [
    `${' '.repeat(margin)} ${up}`,
    ...cells.map((row, i) => `${label(i)} │${row.join('')}`.trimEnd()),
    `${' '.repeat(margin)} └${'─'.repeat(width)}`,
    `${' '.repeat(margin + 2)}${left}${right.padStart(width - left.length)}`,
    `${' '.repeat(margin + 2)}${across}`,
  ];
}

function axis(values: readonly number[], cells: number) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.log(high / low) || 1;
  const at = (value: number): number => Math.round(((cells - 1) * Math.log(value / low)) / span);
  return { low, high, at };
}

const show = (value: number): string =>
  value >= 0.01 && value < 1e5 ? `${Number(value.toPrecision(3))}` : value.toExponential(1);
