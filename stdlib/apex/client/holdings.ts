// A client's holdings of its blocks, read from the arrays of its state.
import { readFile } from 'node:fs/promises';
import { FileError, fileDigest } from '../../../compiler/files/index.ts';
import { columnWords } from '../commitments/column.ts';
import { LeafSalts, type LeafSalt } from '../commitments/salts.ts';
import { TreeFile } from '../commitments/tree-file.ts';
import { HeldBlocks, heldFile, heldHint, heldNames } from '../hashing/held-files.ts';
import { blockNumbering, weightCount } from '../model/index.ts';
import type { HeldBlock } from '../step/index.ts';
import type { State } from './state.ts';

export class Holdings {
  private constructor(
    private readonly blocks: HeldBlocks,
    private readonly nodes: TreeFile,
    private readonly salts: LeafSalts,
    /** The position of a block's first weight. */
    readonly firstPosition: (number: number) => number,
  ) {}

  /** Reads every array once. Throws FileError `cannot-read`; `changed` unless each is what was registered. */
  static async open({ folder, plan, files }: State): Promise<Holdings> {
    for (const name of heldNames) {
      const file = heldFile(folder, name);
      if ((await fileDigest(file, heldHint)) === files[name]) continue;
      const problem = 'is not what was registered';
      throw new FileError({ code: 'changed', file, problem, hint: heldHint });
    }
    const { scope, step } = plan;
    const { at } = blockNumbering(scope);
    return new Holdings(
      await HeldBlocks.open({ folder, scope, step }),
      await TreeFile.open(heldFile(folder, 'tree'), weightCount(scope), heldHint),
      new LeafSalts(await readFile(heldFile(folder, 'seed'))),
      (number) => at(number).first,
    );
  }

  /** Cheap in ascending order. */
  block = (number: number): Promise<HeldBlock> => this.blocks.block(number);

  leaf = (position: number): Promise<bigint> => this.nodes.node(0, position);

  /** Cheap in ascending order. */
  async leaves(positions: readonly number[]): Promise<bigint[]> {
    const leaves: bigint[] = [];
    for (const position of positions) leaves.push(await this.leaf(position));
    return leaves;
  }

  /** Random bits of the leaf of a column of so many entries. */
  saltOf = (position: number, length: number): LeafSalt =>
    this.salts.of(position, columnWords(length));

  /** Over the leaves of all positions. */
  tree = (): TreeFile => this.nodes;

  async close(): Promise<void> {
    await this.blocks.close();
    await this.nodes.close();
  }
}
