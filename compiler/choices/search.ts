// The search over open choices: every combination of candidate widths, but for those that cannot meet the targets even
// with all choices that are still to be made at their widest. Deterministic: ties go to fewer bits, then to the order
// of declaration.
import { fail, LetheError } from '../diagnostics/diagnostic.ts';
import type { Choice, OpenChoice } from '../ir/open.ts';
import { findInaccuracies } from '../analyses/accuracy.ts';
import { analyzeErrors } from '../meanings/error.ts';
import { analyzeRanges } from '../meanings/range.ts';
import { findOp } from '../ops/index.ts';
import { runPasses } from '../passes/pipeline.ts';
import { candidateBits } from './candidates.ts';
import {
  analyze,
  meetsTargets,
  rowsOf,
  type Assignment,
  type Build,
  type Candidate,
} from './evaluate.ts';

/** One combination that compiles. */
export interface Point {
  readonly choices: readonly Choice[];
  readonly rows: number;
  /** The largest derived error in units of its target; the errors themselves, by demand. */
  readonly excess: number;
  readonly errors: readonly number[];
}

export interface Search {
  readonly chosen: Point;
  /** The cheapest for each accuracy, fewest rows first: no other is as cheap and more accurate. */
  readonly front: readonly Point[];
  readonly tried: number;
}

export interface SearchOptions {
  /** Also looks where the targets are not met, for the whole front. */
  readonly whole?: boolean;
  /** Told of every combination that is looked at. */
  readonly progress?: (tried: number, found: number) => void;
}

/**
 * The cheapest combination of bits that meets all targets of accuracy. Throws `no-target` where nothing is demanded,
 * and `unreachable-target` where the widest formats do not meet it.
 */
export function searchChoices(build: Build, options: SearchOptions = {}): Search {
  const points: { point: Point; bits: number }[] = [];
  let tried = 0;
  const visit = (assignment: Assignment): void => {
    const { candidate, open } = finest(build, assignment);
    tried++;
    options.progress?.(tried, points.length);
    if (candidate) refuseWithoutTarget(candidate);
    // What the finest cannot do nothing else can; but where they do not compile, coarser ones may.
    if (candidate && !meetsTargets(candidate) && !options.whole) return;
    if (open) {
      for (const bits of candidateBits(open)) visit(new Map([...assignment, [open.name, bits]]));
      return;
    }
    const rows = candidate && rowsOf(candidate);
    if (rows === undefined) return;
    const { choices, excess, demands } = candidate!;
    const errors = demands.map(({ error }) => error);
    const bits = choices.reduce((sum, choice) => sum + choice.bits, 0);
    points.push({ point: { choices, rows, excess, errors }, bits });
  };
  visit(new Map());
  points.sort((a, b) => a.point.rows - b.point.rows || a.bits - b.bits);
  const chosen = points.find(({ point }) => point.excess <= 1)?.point ?? refuse(build);
  return {
    chosen,
    front: frontOf(
      points.map(({ point }) => point),
      chosen,
    ),
    tried,
  };
}

/** The candidate with every choice that the assignment leaves made as accurate as can be, and the first of these. */
function finest(build: Build, assignment: Assignment) {
  let open: OpenChoice | undefined;
  const candidate = analyze(build, (each) => {
    const known = assignment.get(each.name);
    if (known !== undefined) return known;
    open ??= each;
    return finestBits(each);
  });
  return { candidate, open };
}

/** The most accurate candidate: the widest format, the tightest tolerance. */
const finestBits = (open: OpenChoice): number =>
  candidateBits(open).at(open.of === 'tolerance' ? 0 : -1)!;

/** The points that no other beats in rows and accuracy, and the chosen one, which may tie with one of them. */
function frontOf(points: readonly Point[], chosen: Point): Point[] {
  const sorted = [...points].sort((a, b) => a.rows - b.rows || a.excess - b.excess);
  let best = Infinity;
  return sorted.filter((point) => {
    const better = point.excess < best;
    best = Math.min(best, point.excess);
    return better || point === chosen;
  });
}

/** Says why nothing was found. */
function refuse(build: Build): never {
  const { candidate } = finest(build, new Map());
  const program = candidate?.program ?? runPasses(build(finestBits));
  const findings = findInaccuracies(program, analyzeErrors(program, analyzeRanges(program)));
  if (findings.length === 0)
    fail(
      'unreachable-target',
      'no combination of widths fits the field and leaves an honest prover room',
      'narrow the real ranges, or loosen a tolerance; `lethe inspect` with pinned bits says what fails',
    );
  throw new LetheError(
    findings.map((finding) => ({
      ...finding,
      code: 'unreachable-target',
      message: `with the finest formats that are tried, ${finding.message}`,
    })),
  );
}

function refuseWithoutTarget({ program, choices }: Candidate): void {
  if (program.lines.some(({ op }) => findOp(op).precision?.target)) return;
  fail(
    'no-target',
    `${choices.map(({ name }) => `"${name}"`).join(', ')}: left open, but no accuracy is demanded`,
    'say how accurate a value must be, x.assertAccurate({ within: 1e-4 }), or pin the bits',
    choices[0]?.where,
  );
}
