// lethe formats: what the compiler chooses where a circuit leaves widths open, and what other choices would cost.
import { closedProgram } from '../../choices/build.ts';
import type { Build } from '../../choices/evaluate.ts';
import { searchChoices, type Point, type Search } from '../../choices/search.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { formatOfBits, type Choice } from '../../ir/open.ts';
import type { Program } from '../../ir/program.ts';
import { renderFormat } from '../../ir/format.ts';
import type { Outcome } from '../exit.ts';
import { loadCircuit } from '../load-circuit.ts';
import { showProgress } from '../progress.ts';
import { renderError } from '../report.ts';
import { guarded } from '../run.ts';
import type { FormatsOptions } from '../commands/formats.ts';

export async function formats(file: string, options: FormatsOptions): Promise<Outcome> {
  const circuit = guarded(file, await loadCircuit(file, options.name, options), options);
  const build: Build = (choose) => circuit.build(options.set, choose);
  const closed = closedProgram(build);
  if (closed) return nothingOpen(file, closed);
  const progress = showProgress('combinations', !options.json);
  const search = searchChoices(build, { whole: options.front === true, progress });
  progress();
  const { chosen, front, tried } = search;
  return {
    exit: 0,
    json: {
      ok: true,
      circuit: circuit.name,
      parameters: { ...circuit.parameters, ...options.set },
      tried,
      chosen: pointJson(chosen),
      ...(options.front ? { front: front.map(pointJson) } : {}),
    },
    text: [
      `${circuit.name}: ${tried} combinations looked at`,
      ...chosen.choices.map((choice) => `  ${choice.name}  ${describe(choice)}`),
      `rows ${chosen.rows}, error ${renderErrors(chosen)}`,
      `pin them: circuit(name, parameters, build, { pinned: ${pins(chosen)} })`,
      ...(options.front ? ['', ...frontTable(search)] : []),
      '',
    ].join('\n'),
  };
}

function nothingOpen(file: string, { name, choices = [] }: Program): Outcome {
  if (choices.length > 0)
    return {
      exit: 0,
      json: { ok: true, circuit: name, tried: 0, pinned: bitsByName(choices) },
      text: `${name}: all choices are pinned\n${choices.map((choice) => `  ${choice.name}  ${describe(choice)}\n`).join('')}`,
    };
  return fail(
    'nothing-open',
    `${file}: ${name} leaves no format open`,
    'write real(low, high) in place of a format, and say how accurate a value must be',
  );
}

const bitsByName = (choices: readonly Choice[]): Record<string, number> =>
  Object.fromEntries(choices.map(({ name, bits }) => [name, bits]));

function pointJson({ choices, rows, errors, excess }: Point) {
  return { rows, errors, meetsTargets: excess <= 1, bits: bitsByName(choices) };
}

/** `q28.25 for [-4, 4)`, `28 bits of range check`. */
function describe({ of, range, bits }: Choice): string {
  if (of === 'tolerance' || !range) return `a residual range of ${bits} bits`;
  const [low, high] = range;
  return `${renderFormat(formatOfBits({ kind: 'open', low, high }, bits))} for [${low}, ${high})`;
}

const renderErrors = ({ errors }: Point): string => errors.map(renderError).join(', ');

const pins = ({ choices }: Point): string =>
  `{ ${choices.map(({ name, bits }) => `${/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`}: ${bits}`).join(', ')} }`;

/** Fewest rows first; a star marks the choice. */
function frontTable({ front, chosen }: Search): string[] {
  const rows = front.map((point) => [
    point === chosen ? '*' : '',
    `${point.rows}`,
    renderErrors(point),
    ...point.choices.map(({ bits }) => `${bits}`),
  ]);
  const table = [['', 'rows', 'error', ...chosen.choices.map(({ name }) => name)], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
}
