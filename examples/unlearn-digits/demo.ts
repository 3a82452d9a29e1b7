/**
 * The main job: trains a vision transformer, personalizes it, and has the client unlearn a class, prove it for the whole
 * model, and the provider verify it. Provider and client are folders of .cache/demo that exchange files in a third, and
 * every step of the protocol is a process of its own, `lethe apex …`.
 */
import { fileURLToPath } from 'node:url';
import { evaluate } from './evaluate.ts';
import { makeFolders, readWeights, writeClientFiles, writeProviderFiles } from './files.ts';
import { firstImages } from './images.ts';
import { learn } from './learning.ts';
import { agree, carryOut, places } from './protocol.ts';
import { largestDistance, referenceOf } from './reference.ts';
import { summary, type Scores } from './summary.ts';
import { toWeights, type Weights } from './weights.ts';

const forgetClass = 7;

const start = performance.now();
const elapsed = (): number => (performance.now() - start) / 1000;
const report = (message: string): void => {
  process.stderr.write(`${elapsed().toFixed(0).padStart(4)} s  ${message}\n`);
};

const { origin, provider, client } = await learn({ seed: 2, forgetClass, report });
const folders = await makeFolders(fileURLToPath(new URL('../../.cache/demo', import.meta.url)));
report(`provider: gradients of ${provider.forget.count} images to forget`);
await writeProviderFiles(folders, provider);
const sample = firstImages(client.images, Math.min(256, client.images.count));
report(`client: gradients of ${sample.count} images of its own`);
await writeClientFiles(folders, client.weights, sample);

const protocol = { ...(await agree(folders, 0.04, report)), ...(await carryOut(folders, report)) };

report('accuracies');
const { maskOnly, compensated } = await referenceOf(folders);
const unlearned = await readWeights(places(folders).unlearned);
const score = async (weights: Weights): Promise<Scores> => ({
  forget: (await evaluate(weights, provider.forgetTest)).accuracy,
  personal: (await evaluate(weights, client.test)).accuracy,
});
const scores = {
  before: await score(client.weights),
  maskOnly: await score(maskOnly),
  float: await score(toWeights(compensated)),
  proved: await score(unlearned),
};
const distance = largestDistance(compensated, unlearned);
const printed = { origin, forgetClass, scores, distance, protocol, wallSeconds: elapsed() };
process.stdout.write(`${summary(printed)}\n`, () => process.exit(0));
