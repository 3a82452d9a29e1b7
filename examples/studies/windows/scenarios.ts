// Two windows on the demo's digits, each for 2 % of the weights in scope more: the next ones for the same class, or the first
// ones for another class.
import { join } from 'node:path';
import type { Plan } from '../../../stdlib/apex/documents/index.ts';
import { loadDigits, splitDigits } from '../../unlearn-digits/digits.ts';
import { makeFolders, writeProviderFiles, type Folders } from '../../unlearn-digits/files.ts';
import { filterByLabel, type ImageSet } from '../../unlearn-digits/images.ts';
import type { Learned } from '../../unlearn-digits/learning.ts';
import { maskedFor } from './parties.ts';

export const learning = { seed: 2, forgetClass: 7 };
const secondClass = 3;
const budget = 0.02;

export interface Scenario {
  readonly title: string;
  /** Positions that window 1 and window 2 name. */
  readonly masks: readonly [Uint32Array, Uint32Array];
  /** Images of the provider, of what is to be forgotten. */
  readonly forgetTest: ImageSet;
  /** Images of the client, of the other classes. */
  readonly personalTest: ImageSet;
}

export async function scenarios(
  { provider, client }: Learned,
  folders: Folders,
  plan: Plan,
): Promise<Scenario[]> {
  const { seed, forgetClass } = learning;
  const first = await maskedFor(plan, folders, budget);

  const others = await makeFolders(join(folders.provider, 'second'));
  const sets = splitDigits(loadDigits().images, secondClass, seed);
  await writeProviderFiles(others, { ...provider, forget: sets.forget });
  const isForgotten = (label: number): boolean => [forgetClass, secondClass].includes(label);

  return [
    {
      title: `class ${forgetClass}, and more of it`,
      masks: [first, await maskedFor(plan, folders, 2 * budget)],
      forgetTest: provider.forgetTest,
      personalTest: client.test,
    },
    {
      title: `class ${forgetClass}, then class ${secondClass}`,
      masks: [first, await maskedFor(plan, others, budget)],
      forgetTest: filterByLabel(sets.globalTest, isForgotten),
      personalTest: filterByLabel(client.test, (label) => !isForgotten(label)),
    },
  ];
}
