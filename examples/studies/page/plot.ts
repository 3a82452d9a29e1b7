// A line plot as inline SVG: x by its logarithm, a title for each point.

export interface Series {
  readonly title: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly axis: string;
  readonly series: readonly Series[];
  /** Horizontal lines. */
  readonly levels: readonly { readonly title: string; readonly y: number }[];
  /** y, too, by its logarithm; every y is then above 0. */
  readonly logarithmic?: boolean;
  /** How y is written; in percent when left out, with these digits. */
  readonly show?: (y: number, digits: number) => string;
}

const [width, height] = [460, 260];
const frame = { left: 48, right: 12, top: 10, bottom: 62 };
const colours = ['#1b6ca8', '#c2410c', '#3f7d20', '#7a3e9d', '#8a6d00'];

const percent = (y: number, digits: number): string => (100 * y).toFixed(digits);

export function renderPlot({
  axis,
  series,
  levels,
  logarithmic = false,
  show = percent,
}: Plot): string {
  const scale = logarithmic ? Math.log : (y: number): number => y;
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
    (a, b) => a - b,
  );
  const ys = [...series.flatMap(({ points }) => points), ...levels].map(({ y }) => y);
  const [low, high] = padded(scale(Math.min(...ys)), scale(Math.max(...ys)));
  const [first, last] = [Math.log(xs[0]!), Math.log(xs.at(-1)!)];
  const across = (x: number): number =>
    frame.left + ((width - frame.left - frame.right) * (Math.log(x) - first)) / (last - first || 1);
  const up = (y: number): number =>
    height - frame.bottom - ((height - frame.top - frame.bottom) * (scale(y) - low)) / (high - low);

  const ticks = Array.from({ length: 5 }, (_, i) => low + ((high - low) * i) / 4).map((at) =>
    logarithmic ? Math.exp(at) : at,
  );
  const grid = ticks.map(
    (y) =>
      `<line x1="${frame.left}" x2="${width - frame.right}" y1="${up(y)}" y2="${up(y)}" stroke="#ddd"/>` +
      text(frame.left - 6, up(y) + 4, show(y, 0), 'end'),
  );
  const labels = xs.map((x) => text(across(x), height - frame.bottom + 16, `${x}`, 'middle'));
  const lines = series.map(({ title, points }, i) => {
    const colour = colours[i % colours.length]!;
    const path = points.map(({ x, y }) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`).join(' ');
    const dots = points.map(
      ({ x, y }) =>
        `<circle cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="3.5" fill="${colour}"><title>${escape(title)}: ${x}: ${show(y, 1)}</title></circle>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`;
  });
  const rules = levels.map(
    ({ y }) =>
      `<line x1="${frame.left}" x2="${width - frame.right}" y1="${up(y)}" y2="${up(y)}" stroke="#555" stroke-dasharray="5 4"/>`,
  );
  const names = levels.map(({ title, y }) => text(width - frame.right, up(y) - 4, title, 'end'));
  const legend = series.map(({ title }, i) => {
    const x = frame.left + i * 130;
    const y = height - 8;
    return `<rect x="${x}" y="${y - 9}" width="10" height="10" fill="${colours[i % colours.length]!}"/>${text(x + 15, y, title, 'start')}`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">${[
    ...grid,
    ...labels,
    ...rules,
    ...names,
    ...lines,
    text((frame.left + width) / 2, height - frame.bottom + 34, axis, 'middle'),
    ...legend,
  ].join('')}</svg>`;
}

/** A little more than the range, so that no line is on the frame. */
function padded(low: number, high: number): [number, number] {
  const space = Math.max(0.01, (high - low) * 0.1);
  return [low - space, high + space];
}

const text = (x: number, y: number, content: string, anchor: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(content)}</text>`;

export const escape = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
