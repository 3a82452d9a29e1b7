// lethe explore: which form, block size, rank and widths of `lethe apex plan` an accuracy and a memory allow, and what each costs.
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  costs,
  defaultSpace,
  explore,
  frontOf,
  qualities,
  type CostName,
  type Point,
  type QualityName,
} from '../../../stdlib/apex/explore/index.ts';
import { forms, type FormName } from '../../../stdlib/apex/index.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { numeric } from '../../ir/format.ts';
import { parseMemorySize, renderMemorySize } from '../../prover/memory-size.ts';
import type { Outcome } from '../exit.ts';
import { showProgress } from '../progress.ts';
import { renderScatter } from '../scatter.ts';
import { renderTable } from '../table.ts';
import { realNumber, type Run } from './apex/shared.ts';

interface ExploreOptions {
  readonly epsilon: number;
  readonly memory: number;
  readonly masked: number;
  readonly cost: CostName;
  readonly against: QualityName;
  readonly forms: FormName[];
  readonly sizes: number[];
  readonly ranks: number[];
  readonly weightBits: number[];
  readonly weightRange: number;
  readonly curvatureBits: number[];
  readonly tolerances: number[];
  readonly json?: boolean;
}

export function exploreCommand(run: Run): Command {
  const { sizes, ranks, weightBits, weightRange, curvatureBits, tolerances } = defaultSpace;
  return new Command('explore')
    .option('--epsilon <limit>', 'the most that ε of a block may be', realNumber(0), 1e-2)
    .option('--memory <size>', 'of one prover, e.g. 700MB', parseMemorySize, 4e9)
    .option('--masked <part>', 'of the weights, at random', realNumber(0, 1), 0.04)
    .addOption(new Option('--cost <what>', 'is to be small').choices(names(costs)).default('rows'))
    .addOption(
      new Option('--against <what>', 'and this, too').choices(names(qualities)).default('epsilon'),
    )
    .addOption(
      new Option('--forms <list>', 'of the curvature')
        .argParser(formList)
        .default(defaultSpace.forms, defaultSpace.forms.join()),
    )
    .addOption(list('--sizes <list>', 'weights of a Fisher block', sizes, [1, 4096]))
    .addOption(list('--ranks <list>', 'of a factor; the block size is full', ranks, [1, 4096]))
    .addOption(list('--weight-bits <list>', 'of a weight', weightBits, [8, 31]))
    .option('--weight-range <limit>', 'weights lie in [−limit, limit)', realNumber(0), weightRange)
    .addOption(list('--curvature-bits <list>', "beside the form's own", curvatureBits, [2, 31]))
    .addOption(list('--tolerances <list>', "τ, beside the form's own", tolerances, undefined))
    .option('--json', 'print one JSON object on standard output and nothing else')
    .summary('which plan of `lethe apex` an accuracy and a memory allow, and what it costs')
    .description(
      'Tries every combination of form, block size, rank and widths, and prints those that no other beats in both cost and accuracy.',
    )
    .addHelpText(
      'after',
      `
How to read it: ε bounds how far the weights of a block can be from the exact step, for every prover; it is derived. Rows are
recorded on small tiles. Core-milliseconds and memory are of the cost model, for the best tile that fits (--tile of \`lethe apex
unlearn\`). Whether a small block or a low rank forgets well enough no bound says: docs/experiments.md measures that, and
--against size or rank shows what more of it costs.

Example:
  lethe explore --epsilon 1e-3 --memory 700MB
  lethe explore --forms factor --sizes 64 --ranks 2,4,8,16 --against rank --cost core-ms`,
    )
    .action((options: ExploreOptions) => run(async () => exploration(options)));
}

const names = (record: Readonly<Record<string, unknown>>): string[] => Object.keys(record);

/** Whole numbers in `bounds`, or any above 0. */
function list(
  flags: string,
  description: string,
  preset: readonly number[],
  bounds: readonly [number, number] | undefined,
): Option {
  const parse = (text: string): number[] =>
    text.split(',').map((word) => {
      const value = Number(word);
      const fits = bounds
        ? Number.isInteger(value) && value >= bounds[0] && value <= bounds[1]
        : value > 0 && Number.isFinite(value);
      if (word !== '' && fits) return value;
      throw new InvalidArgumentError(
        bounds ? `whole numbers from ${bounds[0]} to ${bounds[1]}, with commas` : 'numbers above 0',
      );
    });
  return new Option(flags, description).argParser(parse).default(preset, preset.join());
}

const formList = (text: string): FormName[] =>
  text.split(',').map((word) => {
    if (Object.hasOwn(forms, word)) return word as FormName;
    throw new InvalidArgumentError(`some of ${Object.keys(forms).join()}`);
  });

function exploration(options: ExploreOptions): Outcome {
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
      `no plan fits: ${refused.epsilon} have a larger ε, ${refused.memory} need more memory or rows, ${refused.refuses} refuse honest provers, ${refused['does not compile']} do not compile`,
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
  [
    '',
    'form',
    'block',
    'rank',
    'weights',
    'curvature',
    'τ',
    'ε',
    'rows',
    'core-ms',
    'tile',
    'memory',
  ],
  ...front.map((point, i) => {
    const { form, size, rank, formats } = point.spec;
    return [
      letterOf(i),
      form,
      `${size}`,
      form === 'factor' ? `${rank ?? size}` : '',
      `${numeric(formats.weights)!.bits}`,
      `${numeric(formats.curvature)!.bits}`,
      `2^${Math.log2(formats.tolerance)}`,
      point.epsilon.toExponential(1),
      point.rowsPerWeight.toFixed(2),
      point.coreMillisecondsPerWeight.toFixed(2),
      `2^${point.log}`,
      renderMemorySize(point.memory),
    ];
  }),
];

function pointJson({ spec, ...point }: Point) {
  const { form, size, rank, formats } = spec;
  const weightBits = numeric(formats.weights)!.bits;
  const curvatureBits = numeric(formats.curvature)!.bits;
  const { tolerance } = formats;
  return { form, size, rank, weightBits, curvatureBits, tolerance, ...point };
}

const planOptions = ({ spec: { form, size, rank, formats } }: Point): string =>
  [
    `--form ${form} --block-size ${size}`,
    ...(rank === undefined ? [] : [`--rank ${rank}`]),
    `--weight-bits ${numeric(formats.weights)!.bits}`,
    `--curvature-bits ${numeric(formats.curvature)!.bits} --tolerance ${formats.tolerance}`,
  ].join(' ');
