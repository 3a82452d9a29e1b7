// Small tiles of random layouts, and what their constraints accept.
import fc from 'fast-check';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { solveWitness, type InputValues } from '../../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { statementOf, type Statement } from '../../../../compiler/prover/statement.ts';
import {
  compareShapes,
  placesOf,
  shapeOf,
  type Layout,
} from '../../../../stdlib/apex/circuit/layout.ts';
import {
  tileInputs,
  tileStatement,
  type PublicBlock,
  type SecretBlock,
} from '../../../../stdlib/apex/circuit/statement.ts';
import { tileCircuit } from '../../../../stdlib/apex/circuit/tile.ts';
import { makeSpec, type StepSpec } from '../../../../stdlib/apex/step/index.ts';
import {
  honestBlock,
  publicOf,
  secretOf,
  seededSalts,
  type BlockSalts,
  type MaskedBlock,
} from './exact.ts';

export const specOf = (size: number): StepSpec =>
  makeSpec({ size, weightBits: 24, weightRange: 4 });

export const compileTile = (spec: StepSpec, layout: Layout): LoweredProgram =>
  compileCircuit(tileCircuit(spec, layout));

export const context = 77n;

/** A block in a tile, and the salts that it was committed with. */
export interface Committed {
  readonly block: MaskedBlock;
  readonly salts: BlockSalts;
}

export const committed = (block: MaskedBlock, seed = 1): Committed => ({
  block,
  salts: seededSalts(block.shape, seed),
});

export const secretsOf = (spec: StepSpec, places: readonly Committed[]): SecretBlock[] =>
  places.map(({ block, salts }) => secretOf(spec, block, salts));

export const publicsOf = (spec: StepSpec, places: readonly Committed[]): PublicBlock[] =>
  places.map(({ block, salts }) => publicOf(spec, block, salts));

export const inputsOf = (spec: StepSpec, places: readonly Committed[]): InputValues =>
  tileInputs(context, secretsOf(spec, places));

export const expected = (spec: StepSpec, places: readonly Committed[]): Statement =>
  tileStatement(context, publicsOf(spec, places));

/** The statement of a proof of those inputs; undefined where the constraints refuse them. */
export function proved(tile: LoweredProgram, inputs: InputValues): Statement | undefined {
  const witness = solveWitness(tile.system, inputs);
  if (checkWitness(tile.system, witness) !== undefined) return undefined;
  return statementOf(tile, witness);
}

/** Whether a prover with those inputs has a proof of that statement. */
export const proves = (tile: LoweredProgram, inputs: InputValues, statement: Statement): boolean =>
  same(proved(tile, inputs), statement);

const same = (a: Statement | undefined, b: Statement): boolean =>
  a !== undefined &&
  a.size === b.size &&
  [...a].every(([name, values]) => values.join() === b.get(name)?.join());

/** Honest blocks in all places of a layout. */
export const honestPlaces = (spec: StepSpec, layout: Layout, seed: number): Committed[] =>
  placesOf(layout).map((shape, i) => {
    const own = seed + 10 * i;
    return committed(honestBlock(spec, shape, own), own);
  });

/** Layouts of a few blocks. */
export const layouts: fc.Arbitrary<{ spec: StepSpec; layout: Layout; seed: number }> = fc
  .constantFrom(5, 8, 16, 32)
  .chain((size) => {
    const shape = fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 4 }).map((live) =>
      shapeOf(
        size,
        [...live].sort((a, b) => a - b),
      ),
    );
    const group = fc.record({ shape, blocks: fc.integer({ min: 1, max: 3 }) });
    return fc.record({
      spec: fc.constant(specOf(size)),
      layout: fc
        .uniqueArray(group, { minLength: 1, maxLength: 3, selector: (each) => each.shape.join() })
        .map((groups) => groups.sort((a, b) => compareShapes(a.shape, b.shape))),
      seed: fc.nat(2 ** 20),
    });
  });
