// How much is tried: LETHE_TESTS is quick, normal (also when nothing is said) or full. The scripts of package.json set it.
// vitest.config.ts chooses the files of a tier; here are its numbers.

const tiers = ['quick', 'normal', 'full'] as const;
export type Tier = (typeof tiers)[number];

function asked(): Tier {
  const text = process.env['LETHE_TESTS'] || 'normal';
  const found = tiers.find((each) => each === text);
  if (!found) throw new Error(`LETHE_TESTS is ${text}; it may be ${tiers.join(', ')}`);
  return found;
}

export const tier: Tier = asked();

/** The value of this tier. */
export const inTier = <T>(values: Readonly<Record<Tier, T>>): T => values[tier];

/** Random cases of a property whose usual number is `usual`: an eighth of it, a quarter, or half as many again. */
export const runs = (usual: number): number =>
  Math.max(2, Math.ceil(usual * inTier({ quick: 1 / 8, normal: 1 / 4, full: 3 / 2 })));

/** How often random cases must have met something that `usual` of the usual number meet: few cases may meet it seldom. */
export const met = (usual: number): number =>
  inTier({ quick: 1, normal: Math.ceil(usual / 16), full: Math.ceil((3 * usual) / 2) });
