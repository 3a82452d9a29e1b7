// lethe inspect: the program, what each line costs, and the totals by gate; with inputs, the derived ranges and
// errors beside the ones that occur.
import { findShortfalls } from '../../analyses/completeness.ts';
import { findUnbounded } from '../../analyses/decisions.ts';
import { analyzeErrors } from '../../meanings/error.ts';
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, maxRows, totalRows } from '../../constraints/rows.ts';
import { atomicWrite } from '../../files/atomic-write.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { portsOf } from '../../program/ports.ts';
import { print } from '../../program/print.ts';
import { renderType, type Program } from '../../ir/program.ts';
import { observe } from '../../meanings/observe.ts';
import { renderInterval } from '../../numbers/interval.ts';
import { render, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { assumptionsJson, ifAssumed, renderAssumptions, trustIn } from '../assumptions.ts';
import type { Outcome } from '../exit.ts';
import { inputsOf } from '../../program/ports.ts';
import { loadInputs } from '../load-inputs.ts';
import { renderError, renderRounding, reportLines, type LineReport } from '../report.ts';
import type { PassName } from '../../passes/names.ts';
import { runPasses } from '../../passes/pipeline.ts';
import { buildProgram, loadProgram, loadWitnessProgram } from '../run.ts';
import type { InspectOptions } from '../commands/inspect.ts';

export async function inspect(file: string, options: InspectOptions): Promise<Outcome> {
  if (options.after !== undefined)
    return inspectAfter(options.after, await buildProgram(file, options));
  const load = options.inputs ? loadWitnessProgram : loadProgram;
  const circuit = await load(file, options);
  const { program, system } = circuit;
  const shadow = options.inputs
    ? observe(program, bindInputs(program, await loadInputs(options.inputs, inputsOf(program))))
    : undefined;
  const findings = shadow?.findings ?? [];
  const lines = reportLines(circuit, shadow);
  const counts = countRows(system);
  const total = totalRows(counts);
  const trust = trustIn(circuit);
  const warnings = [
    ...trust.warnings,
    ...findShortfalls(program, circuit.ranges),
    ...findUnbounded(program, analyzeErrors(program, circuit.ranges)),
    ...tooManyRows(total),
  ];
  const digest = systemDigest(system);
  if (options.html !== undefined) {
    const { renderPage } = await import('../page.ts');
    await atomicWrite(options.html, renderPage({ program, lines, counts, total, digest }));
  }
  const gates = Object.entries(counts).map(([gate, count]) => `${gate} ${count}`);
  return {
    exit: findings.length > 0 ? 1 : 0,
    isReport: true,
    json: {
      ok: findings.length === 0,
      circuit: program.name,
      parameters: program.parameters,
      digest,
      ...assumptionsJson(trust.assumptions),
      rows: { total, ...counts },
      ...(program.choices ? { chosen: program.choices } : {}),
      ports: portsOf(program).map(({ name, visibility, direction, type }) => ({
        name,
        visibility,
        direction,
        type: renderType(type),
      })),
      lines: lines.map(lineJson),
      warnings,
      ...(findings.length > 0 ? { diagnostics: findings } : {}),
    },
    text: [
      ...renderAssumptions(trust.assumptions).map(comment),
      print(program, (line) => note(lines[line]!, trust.assumptions.restsOn[line]!), {
        brief: process.stdout.isTTY,
      }),
      ...[
        ...(program.choices ?? []).map(({ name, bits }) => `chosen ${name}: ${bits} bits`),
        `rows ${total}: ${gates.join(', ')}`,
        `digest ${digest}`,
        ...warnings.map((warning) => render(warning, 'warning')),
        ...findings.map((finding) => render(finding)),
      ].map(comment),
      '',
    ].join('\n'),
  };
}

/** The program on its way through the passes. Nothing is derived of it: its ranges and rows are not those of the circuit. */
function inspectAfter(pass: PassName, built: Program): Outcome {
  const program = runPasses(built, pass);
  const text = print(program);
  const { name: circuit, parameters } = program;
  return { exit: 0, json: { ok: true, circuit, parameters, after: pass, program: text }, text };
}

/** All that is no program is a comment: what is printed is a program as text. */
const comment = (text: string): string => text.replace(/^/gm, '# ');

function tooManyRows(total: number): Diagnostic[] {
  if (total <= maxRows) return [];
  const message = `${total} rows are more than one proof holds, ${maxRows}`;
  const hint = 'build it for fewer elements (--set), and make several proofs';
  return [{ code: 'too-many-rows', message, hint }];
}

function note(report: LineReport, restsOn: readonly string[]): string {
  const { range, error, margin, observed, rounded, rows, formula } = report;
  const seen = (text: string | undefined): string => (text === undefined ? '' : ` (${text})`);
  const facts =
    range && error !== undefined
      ? [
          `range ${renderInterval(range)}${seen(observed && renderInterval(observed.range))}`,
          `error ${renderError(error)}${seen(observed && renderError(observed.error))}${margin === undefined ? '' : ` within ${renderError(margin)} of the tie`}${ifAssumed(restsOn)}`,
        ]
      : [];
  if (rounded) facts.push(renderRounding(rounded));
  return [...(formula ? [formula] : []), ...facts, `rows ${Math.round(rows * 100) / 100}`].join(
    '  ',
  );
}

function lineJson(report: LineReport) {
  const { text, rows, range, error, margin, rounded, observed, where, formula } = report;
  return {
    text,
    rows,
    ...(formula ? { formula } : {}),
    ...(range ? { range: [range.low, range.high] } : {}),
    ...(error === undefined ? {} : { error: Number.isFinite(error) ? error : null }),
    ...(margin === undefined ? {} : { margin: Number.isFinite(margin) ? margin : null }),
    ...(rounded ? { rounded } : {}),
    ...(observed
      ? { observed: { range: [observed.range.low, observed.range.high], error: observed.error } }
      : {}),
    ...(where ? { where } : {}),
  };
}
