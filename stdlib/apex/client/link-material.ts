// The inputs that a client gives one tile of a link, out of both registrations.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { columnOpening } from '../commitments/column.ts';
import { multiplierOpening } from '../commitments/multipliers.ts';
import type { Opening } from '../commitments/opening.ts';
import type { Challenge } from '../documents/challenge.ts';
import type { LinkBlock } from '../link/blocks.ts';
import { linkShapeOf } from '../link/shape.ts';
import { linkContext, linkInputs, type SecretLinkBlock } from '../link/statement.ts';
import { columnLengths, columnOffsets, unlearnedBlock, type StepSpec } from '../step/index.ts';
import type { PreparedAnswer } from './answer.ts';
import type { Holdings } from './holdings.ts';

export interface LinkMaterial {
  readonly step: StepSpec;
  readonly challenge: Challenge;
  readonly blocks: readonly LinkBlock[];
  readonly old: Holdings;
  readonly new: Holdings;
  readonly answer: PreparedAnswer | undefined;
}

/** The inputs of a tile with those blocks, by position among all of the link. */
export async function linkMaterialInputs(
  material: LinkMaterial,
  tile: number,
  places: readonly number[],
): Promise<InputValues> {
  const blocks: SecretLinkBlock[] = [];
  for (const place of places) blocks.push(await secretBlock(material, material.blocks[place]!));
  return linkInputs(linkContext(material.challenge, tile), blocks);
}

async function secretBlock(material: LinkMaterial, block: LinkBlock): Promise<SecretLinkBlock> {
  const { step, answer } = material;
  const { number, live, linked } = block;
  const index = indexIn(material, block);
  return {
    shape: linkShapeOf(step.size, block),
    columns: {
      live: await openings(step, material.old, number, live),
      linked: await openings(step, material.old, number, linked),
      new: await openings(step, material.new, number, linked),
    },
    multipliers:
      index === undefined
        ? undefined
        : multiplierOpening(step, answer!.multipliers(index), answer!.salts(index)),
  };
}

/** Where the answer has the block; undefined where S is empty. */
function indexIn({ answer }: LinkMaterial, { number, live }: LinkBlock): number | undefined {
  if (live.length === 0) return undefined;
  return answer!.blocks.findIndex((each) => each.number === number);
}

async function openings(
  step: StepSpec,
  holdings: Holdings,
  number: number,
  entries: readonly number[],
): Promise<Opening[]> {
  const { weights, root } = await holdings.block(number);
  const first = holdings.firstPosition(number);
  const [lengths, offsets] = [columnLengths(step.size), columnOffsets(step.size)];
  return entries.map((entry) =>
    columnOpening(
      step,
      lengths[entry]!,
      weights[entry]!,
      root.subarray(offsets[entry], offsets[entry + 1]),
      holdings.saltOf(first + entry, lengths[entry]!),
    ),
  );
}

/** Throws `other-weights` where a linked weight is not θ_u: no proof would be accepted. */
export async function checkLinked(material: LinkMaterial): Promise<void> {
  const { step, blocks, answer } = material;
  for (const block of blocks) {
    const { number, live, linked } = block;
    const index = indexIn(material, block);
    const multipliers = index === undefined ? new Float64Array() : answer!.multipliers(index);
    const held = await material.old.block(number);
    const unlearned = unlearnedBlock(step, held, { live, dead: [], multipliers });
    const { weights } = await material.new.block(number);
    const other = linked.find((entry) => weights[entry] !== unlearned[entry]);
    if (other === undefined) continue;
    fail(
      'other-weights',
      `weight ${other} of block ${number} is another in the new registration than the old one leaves it`,
      'register again with --replaces OLDSTATE, and ask the provider to enter that registration (`enroll --replace`)',
    );
  }
}
