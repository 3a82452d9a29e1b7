// The inputs that a client gives one tile, and the statement of its proof.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import { shapeOf } from '../circuit/layout.ts';
import {
  contextOf,
  tileInputs,
  tileStatement,
  type SecretBlock,
  type Subject,
} from '../circuit/statement.ts';
import { columnOpening } from '../commitments/column.ts';
import { multiplierOpening } from '../commitments/multipliers.ts';
import { columnOffsets } from '../step/index.ts';
import type { Plan } from '../documents/plan.ts';
import type { PreparedAnswer } from './answer.ts';
import type { Holdings } from './holdings.ts';

export interface Material {
  readonly plan: Plan;
  readonly subject: Subject;
  readonly holdings: Holdings;
  readonly answer: PreparedAnswer;
  /** Indices in the answer of the blocks that are proved. */
  readonly proved: readonly number[];
}

/** The inputs of a tile with those blocks, by position among the proved ones. */
export async function materialInputs(
  material: Material,
  tile: number,
  places: readonly number[],
): Promise<InputValues> {
  const blocks: SecretBlock[] = [];
  for (const place of places) blocks.push(await secretBlock(material, material.proved[place]!));
  return tileInputs(contextOf(material.subject, tile), blocks);
}

/** The statement of the tile's proof. */
export async function materialStatement(
  { plan, subject, holdings, answer, proved }: Material,
  tile: number,
  places: readonly number[],
): Promise<Statement> {
  const blocks = [];
  for (const place of places) {
    const index = proved[place]!;
    const { number, live } = answer.blocks[index]!;
    const leaves: bigint[] = [];
    const first = holdings.firstPosition(number);
    for (const entry of live) leaves.push(await holdings.leaf(first + entry));
    const commitment = answer.commitments.get(index);
    blocks.push({ shape: shapeOf(plan.step.size, live), leaves, commitment });
  }
  return tileStatement(contextOf(subject, tile), blocks);
}

async function secretBlock(
  { plan: { step }, holdings, answer }: Material,
  index: number,
): Promise<SecretBlock> {
  const { number, live } = answer.blocks[index]!;
  const { weights, root } = await holdings.block(number);
  const first = holdings.firstPosition(number);
  const offsets = columnOffsets(step.size);
  const shape = shapeOf(step.size, live);
  const columns = live.map((entry, i) =>
    columnOpening(
      step,
      shape[i]!,
      weights[entry]!,
      root.subarray(offsets[entry], offsets[entry + 1]),
      holdings.saltOf(first + entry, shape[i]!),
    ),
  );
  const multipliers = multiplierOpening(step, answer.multipliers(index), answer.salts(index));
  return { shape, columns, multipliers };
}
