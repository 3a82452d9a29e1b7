// A process that registers, and can be killed: model, gradients, plan and folder by their paths.
import { readFile } from 'node:fs/promises';
import { register } from '../../../../stdlib/apex/client/register.ts';
import { parsePlan } from '../../../../stdlib/apex/documents/plan.ts';
import { openExampleGradients, openModel } from '../../../../stdlib/apex/model/index.ts';

const [model, gradients, planFile, folder] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const plan = parsePlan(await readFile(planFile, 'utf8'), planFile);
await register({
  plan,
  client: 'alice',
  model: await openModel(model),
  gradients: await openExampleGradients(gradients, plan.scope),
  damping: { relative: 1 },
  folder,
  rangeHeight: 3,
  jobs: 2,
});
