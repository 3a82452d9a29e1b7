// Blocks under the tile's circuit, without a provider and without proofs.
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness, type InputValues } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { openLayout, type Layout } from '../../../stdlib/apex/circuit/layout.ts';
import {
  ports,
  stepCircuit,
  tileCircuit,
  type StepSpec,
} from '../../../stdlib/apex/circuit/tile.ts';
import { stepInputs, tileInputs, type SecretBlock } from '../../../stdlib/apex/circuit/tiles.ts';
import { curvatureWords, weightWords } from '../../../stdlib/apex/commitments/words.ts';
import { forms, type FormName } from '../../../stdlib/apex/index.ts';

export const formNames = Object.keys(forms) as FormName[];

/** The step of a plan with weights of 16 bits in [−2, 2). */
export const stepOf = (form: FormName, size: number, rank?: number): StepSpec => ({
  form,
  size,
  ...(rank === undefined ? {} : { rank }),
  formats: forms[form].formats(16, 2),
});

const tiles = new Map<string, LoweredProgram>();

/** Compiled once in a process. */
export function tileOf(spec: StepSpec, layout: Layout = openLayout(1)): LoweredProgram {
  const key = JSON.stringify([spec, layout]);
  const tile = tiles.get(key) ?? compileCircuit(tileCircuit(spec, layout));
  tiles.set(key, tile);
  return tile;
}

/** A tile of blocks whose mask is part of the circuit. */
export const knownLayout = (mask: readonly number[], blocks = 1): Layout => ({
  groups: [{ masked: [...mask.keys()].filter((i) => mask[i] === 1), blocks }],
  open: 0,
});

export const integersOf = (reals: ArrayLike<number>, fraction: number): number[] =>
  Array.from(reals, (real) => Number(toInteger(real, fraction)));

export interface TestBlock {
  /** Integers. */
  readonly weights: readonly number[];
  /** Integers, as they are committed to. */
  readonly curvature: readonly number[];
  readonly mask: readonly number[];
  /** What is claimed in place of the step's own. */
  readonly unlearned?: readonly number[];
  readonly multipliers?: readonly number[];
  /** The random bits of every word. */
  readonly salt?: number;
}

/** A curvature in the formats of a step. */
export const curvatureIntegers = (spec: StepSpec, reals: Float64Array): number[] =>
  integersOf(reals, fractionOf(spec.formats.curvature));

/** The curvature C' = I. */
export const identityCurvature = (spec: StepSpec): number[] =>
  curvatureIntegers(spec, forms[spec.form].neutral(spec));

/** θ_u and ν by the integer meaning of the step. Throws what it refuses. */
export function solved(
  spec: StepSpec,
  { weights, curvature, mask }: TestBlock,
): { unlearned: number[]; multipliers: number[] } {
  const program = stepCircuit(spec, 1).build();
  const block = { weights, curvature, mask: Uint8Array.from(mask) };
  const { values, findings } = evaluateFixed(program, stepInputs([block]));
  if (findings[0]) throw new Error(findings[0].message);
  const read = (name: string): number[] => {
    const port = portsOf(program).find((own) => own.name === name);
    return port ? values[port.line]!.map(Number) : [];
  };
  return { unlearned: read(ports.unlearned), multipliers: read(ports.multipliers) };
}

export function secretOf(spec: StepSpec, block: TestBlock): SecretBlock {
  const { weights, curvature, mask, salt = 7 } = block;
  const own = { unlearned: block.unlearned, multipliers: block.multipliers };
  const honest = own.unlearned && own.multipliers ? undefined : solved(spec, block);
  const filled = (words: number): Uint16Array => new Uint16Array(words).fill(salt);
  return {
    mask: Uint8Array.from(mask),
    weights,
    curvature,
    unlearned: own.unlearned ?? honest!.unlearned,
    multipliers: own.multipliers ?? honest!.multipliers,
    salts: {
      weights: filled(weightWords(spec)),
      curvature: filled(curvatureWords(spec)),
      unlearned: filled(weightWords(spec)).map((each) => each + 1),
    },
  };
}

/** The inputs of a tile, whose blocks are the layout's. */
export const inputsOf = (
  spec: StepSpec,
  blocks: readonly TestBlock[],
  layout: Layout = openLayout(blocks.length),
): InputValues =>
  tileInputs(
    spec,
    layout,
    7n,
    blocks.map((block) => secretOf(spec, block)),
  );

/** Whether the circuit of a tile accepts what is claimed of a block. */
export function acceptsBlock(spec: StepSpec, block: TestBlock, layout = openLayout(1)): boolean {
  const tile = tileOf(spec, layout);
  return accepts(tile, solveWitness(tile.system, inputsOf(spec, [block], layout)));
}

export const accepts = ({ system }: LoweredProgram, witness: readonly bigint[]): boolean =>
  checkWitness(system, witness) === undefined;
