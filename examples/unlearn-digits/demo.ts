/**
 * The main job: trains a vision transformer, personalizes it, unlearns a class in fixed point, proves the step for a
 * tile of the model's own Fisher blocks, verifies the proof in another process, and prints what it measured.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSafetensors, writeSafetensors } from '../../compiler/files/safetensors.ts';
import { kilobytes, megabytes, percent, renderTable, seconds } from './table.ts';
import { proveTile, type TileReport } from './tile-proof.ts';
import { runUnlearning, type Unlearning } from './unlearning.ts';
import type { Weights } from './weights.ts';

const folder = fileURLToPath(new URL('../../.cache/demo', import.meta.url));
const start = performance.now();
const report = (message: string): void => {
  const elapsed = ((performance.now() - start) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${elapsed} s  ${message}\n`);
};

const blockSize = 8;
/** A tile of 2^14 rows. */
const tileBlocks = 48;

const run = await runUnlearning({
  seed: 2,
  forgetClass: 7,
  budget: 0.04,
  blockSize,
  relativeDamping: 1,
  gradients: 256,
  report,
});

await mkdir(folder, { recursive: true });
for (const [name, weights] of Object.entries(run.weights)) await roundTrip(name, weights);
report(`weights written to ${folder} as safetensors, and read back`);

const tile = run.blocks.touched.slice(0, tileBlocks);
report(
  `proving ${tile.length} of ${run.blocks.touched.length} touched blocks: compile, prove, verify`,
);
const proof = await proveTile(tile, blockSize, folder);
process.stdout.write(`${summary(run, proof, tile.length)}\n`);
process.exit(0);

/** Writes weights, reads them back, and compares. */
async function roundTrip(name: string, weights: Weights): Promise<void> {
  const file = join(folder, `${name}.safetensors`);
  await writeSafetensors(file, { tensors: weights });
  const { tensors } = await readSafetensors(file);
  for (const [tensor, { data }] of weights)
    if (!data.every((value, i) => Object.is(tensors.get(tensor)?.data[i], value)))
      throw new Error(`${file}: tensor "${tensor}" did not come back as it was written`);
}

function summary(run: Unlearning, proof: TileReport, proved: number): string {
  const { scores, blocks } = run;
  const accuracy = renderTable([
    ['weights', 'forget accuracy ↓', 'personal accuracy ↑'],
    ...Object.entries({
      before: scores.before,
      'mask only': scores.maskOnly,
      'compensated, float64': scores.float,
      'compensated, fixed point': scores.fixed,
    }).map(([title, { forget, personal }]) => [title, percent(forget), percent(personal)]),
  ]);
  const weights = proved * blockSize;
  const measured = renderTable([
    ['proof of a tile', ''],
    ['Fisher blocks', `${proved} of ${blocks.touched.length} touched, of ${blocks.all}`],
    ['weights in the tile', `${weights}`],
    ['rows', `${proof.rows}`],
    ['rows per weight', (proof.rows / weights).toFixed(1)],
    ['compile', seconds(proof.seconds.compile)],
    ['prove', seconds(proof.seconds.prove)],
    ['verify, in a fresh process', seconds(proof.verifySeconds)],
    ['proof', kilobytes(proof.proofBytes)],
    ['proof file with public values', kilobytes(proof.fileBytes)],
    ['peak memory of the prover', megabytes(proof.peakMemory)],
  ]);
  return [
    '',
    `Digits: ${run.origin}. ${run.masked} of ${run.weightsInScope} weights in scope are masked; ${blocks.touched.length} of ${blocks.all} Fisher blocks of ${blockSize} hold one.`,
    '',
    accuracy,
    '',
    `Fixed point and float64 weights differ by at most ${run.distance.toExponential(1)}; the largest entry of C' is ${run.largestCurvature.toFixed(1)}.`,
    '',
    measured,
    '',
    'The proof was accepted.',
  ].join('\n');
}
