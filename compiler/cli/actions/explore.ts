// lethe explore: which block size, widths and tolerance of `lethe apex plan` an accuracy and a memory allow, and what each costs.
import {
  costs,
  explore,
  frontOf,
  qualities,
  type Point,
} from '../../../stdlib/apex/explore/index.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { numeric } from '../../ir/format.ts';
import { renderMemorySize } from '../../prover/memory-size.ts';
import type { Outcome } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { renderScatter } from '../scatter.ts';
import { renderTable } from '../table.ts';
import type { ExploreOptions } from '../commands/explore.ts';

export function exploration(options: ExploreOptions): Outcome {
  const { epsilon, memory, masked, cost, against } = options;
  const progress = showProgress('plans', !options.json);
  const { points, refused } = explore(options, { epsilon, memory, masked }, (done, total) =>
    progress(`${done} of ${total}`),
  );
  progress();
  const front = frontOf(points, cost, against);
  if (front.length === 0)
    fail(
      'no-plan',
      `no plan fits: ${refused.epsilon} have a larger ε, ${refused.memory} need more memory or rows, ${refused.impossible} leave no fraction, or a tolerance that rounding exceeds`,
      'allow a larger --epsilon or more --memory, or try more --weight-bits, --tolerances and smaller --sizes',
    );
  return {
    exit: 0,
    json: { ok: true, cost, against, front: front.map(pointJson), tried: points.length, refused },
    text: [
      `${points.length} plans fit ε ≤ ${epsilon} and ${renderMemorySize(memory)}; the front of ${costs[cost].title} against ${qualities[against].title}:`,
      '',
      ...renderTable(frontRows(front)),
      '',
      ...renderScatter({
        across: `${costs[cost].title}  (· beaten by another plan)`,
        up: qualities[against].title,
        points: [...points.map((point) => ({ point, mark: '·' })), ...marked(front)].map(
          ({ point, mark }) => ({
            x: costs[cost].of(point),
            y: qualities[against].of(point),
            mark,
          }),
        ),
      }),
      '',
      `the first as a plan: lethe apex plan ${planOptions(front[0]!)} …`,
      '',
    ].join('\n'),
  };
}

/** By the letters of the table. */
const letters = 'abcdefghijklmnopqrstuvwxyz';
const letterOf = (i: number): string => letters[i] ?? '+';
const marked = (front: readonly Point[]): { point: Point; mark: string }[] =>
  front.map((point, i) => ({ point, mark: letterOf(i) }));

const frontRows = (front: readonly Point[]): string[][] => [
  ['', 'block', 'weights', 'τ', 'ε', 'rows', 'core-ms', 'tile', 'memory'],
  ...front.map((point, i) => {
    const { size, weights, tolerance } = point.spec;
    return [
      letterOf(i),
      `${size}`,
      `${numeric(weights)!.bits}`,
      `2^${Math.log2(tolerance)}`,
      point.epsilon.toExponential(1),
      point.rowsPerWeight.toFixed(2),
      point.coreMillisecondsPerWeight.toFixed(2),
      `2^${point.log}`,
      renderMemorySize(point.memory),
    ];
  }),
];

function pointJson({ spec, ...point }: Point) {
  const { size, weights, tolerance } = spec;
  return { size, weightBits: numeric(weights)!.bits, tolerance, ...point };
}

const planOptions = ({ spec: { size, weights, tolerance } }: Point): string =>
  `--block-size ${size} --weight-bits ${numeric(weights)!.bits} --tolerance ${tolerance}`;
