// The tables of the report, the same on the page and in Markdown.
import { purposes } from '../../../../compiler/profile/attribution.ts';
import type { Grid } from '../../page/grid.ts';
import { mainSize } from '../cases.ts';
import { dealtLog } from '../mask-rows.ts';
import type { PartsResult, ProofResult, Results } from '../results.ts';

export interface Table {
  readonly title: string;
  readonly remark: string;
  readonly grid: Grid;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

/** All but the parts of blocks. */
export function tablesOf(results: Results): Table[] {
  return [
    ...results.masks.map(({ name, weights }) => rowsTable(results, name, weights)),
    ...(results.proofs.length > 0
      ? [proofTable(results), costTable(results), estimateTable(results.proofs)]
      : []),
    ...(results.curve.length > 0 ? [curveTable(results)] : []),
  ];
}

export const partsTables = ({ parts }: Results): Table[] =>
  parts.filter(({ size }) => size === mainSize).map(partsTable);

function rowsTable({ rows }: Results, mask: string, weights: number): Table {
  const own = rows.filter((row) => row.mask === mask);
  return {
    title: `Rows per weight in scope, mask ${mask}`,
    remark: `${weights.toLocaleString('en')} weights; all rows of tiles of 2^${dealtLog}, without those that stay empty.`,
    grid: [
      ['block', 'touched', 'tiles', 'circuits', 'empty', 'rows per weight', ...purposes],
      ...own.map(({ size, touched, tiles, circuits, empty, rowsPerWeight, byPurpose }) => [
        `${size}`,
        `${fixed(100 * touched)} %`,
        `${tiles}`,
        `${circuits}`,
        `${fixed(100 * empty)} %`,
        fixed(rowsPerWeight, 2),
        ...purposes.map((purpose) => fixed(byPurpose[purpose], 2)),
      ]),
    ],
  };
}

const partsTable = ({ size, mask, rows, parts }: PartsResult): Table => ({
  title: `Rows of a touched block: ${size} weights, mask ${mask}`,
  remark: `${fixed(rows)} rows, each with the op that emitted it and its kind of gate.`,
  grid: [
    ['op', 'gate', 'purpose', 'rows', 'share'],
    ...parts
      .filter((part) => part.rows > 0)
      .map((part) => [
        part.op,
        part.kind,
        part.purpose,
        fixed(part.rows, 2),
        `${fixed((100 * part.rows) / rows)} %`,
      ]),
  ],
});

function proofTable({ proofs, reference }: Results): Table {
  const all = [
    { name: 'reference, basis on the disk', measurement: reference!.warm, ratio: 1 },
    { name: 'reference, no basis', measurement: reference!.cold, ratio: 1 },
    ...proofs,
  ];
  return {
    title: 'Proofs of one tile',
    remark:
      'Medians, each run in a process of its own. Seconds of the clock / of all cores; memory is the most that was resident.',
    grid: [
      [
        'tile',
        'rows',
        'domain',
        'compile',
        'prove',
        'ratio',
        'verify',
        'loaded MB',
        'peak MB',
        'proof B',
      ],
      ...all.map(({ name, measurement, ratio }) => {
        const { rows, domain, seconds, memory, proofBytes } = measurement;
        const both = (stage: 'compile' | 'prove' | 'verify'): string =>
          `${fixed(seconds[stage].wall)} / ${fixed(seconds[stage].core)}`;
        return [
          name,
          `${Object.values(rows).reduce((a: number, b: number) => a + b, 0)}`,
          `2^${Math.log2(domain)}`,
          both('compile'),
          both('prove'),
          fixed(ratio, 2),
          both('verify'),
          megabytes(memory.load),
          megabytes(memory.prove),
          `${proofBytes}`,
        ];
      }),
    ],
  };
}

const costTable = ({ proofs, masks }: Results): Table => ({
  title: `Cost of a weight in scope, mask ${masks[0]!.name}`,
  remark:
    'Witness and proof in milliseconds of a core; verifying, in microseconds: each further proof of a batch, and the hashing of the commitments; the whole bundle, in bytes. The last two where the provider keeps the root, and where it keeps the leaves.',
  grid: [
    [
      'tile',
      'blocks',
      'tiles',
      'prove core-ms',
      'verify core-µs',
      'with the leaves',
      'bytes',
      'with the leaves',
    ],
    ...proofs.map((proof) => [
      proof.name,
      `${proof.blocks}`,
      `${proof.tiles}`,
      fixed(proof.coreMillisecondsPerWeight, 2),
      fixed(1000 * proof.verifyMillisecondsPerWeight.root, 1),
      fixed(1000 * proof.verifyMillisecondsPerWeight.leaves, 1),
      fixed(proof.bytesPerWeight.root, 2),
      fixed(proof.bytesPerWeight.leaves, 2),
    ]),
  ],
});

const estimateTable = (proofs: readonly ProofResult[]): Table => ({
  title: 'Estimates for whole models',
  remark:
    'Not measured: the cost of a weight times the weights. A random 4 % of all weights in scope is masked.',
  grid: [
    [
      'model',
      'tile',
      'weights',
      'tiles',
      'prove, core hours',
      'verify, core minutes',
      'with the leaves',
      'bundle, MB',
      'with the leaves',
    ],
    ...proofs.flatMap(({ name, estimates }) =>
      estimates.map((each) => [
        each.model,
        name,
        `${fixed(each.weights / 1e6)} M`,
        `about ${each.tiles}`,
        `about ${fixed(each.proveCoreHours)}`,
        `about ${fixed(each.verifyCoreMinutes.root)}`,
        `about ${fixed(each.verifyCoreMinutes.leaves)}`,
        `about ${fixed(each.bundleMegabytes.root, 0)}`,
        `about ${fixed(each.bundleMegabytes.leaves, 0)}`,
      ]),
    ),
  ],
});

const curveTable = ({ curve }: Results): Table => ({
  title: 'Compiling up to the recorded constraints',
  remark: 'Tiles of 32-wide blocks; seconds of one core.',
  grid: [
    ['constraints', 'trace', 'analyse', 'record', 'all', 'µs a constraint'],
    ...curve.map(({ constraints, trace, analyse, record }) => {
      const all = trace + analyse + record;
      return [
        `${constraints}`,
        ...[trace, analyse, record, all].map((seconds) => fixed(seconds, 2)),
        fixed((1e6 * all) / constraints),
      ];
    }),
  ],
});
