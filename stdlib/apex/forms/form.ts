// What a form of the curvature has to be: what a client commits to for each Fisher block, how it comes from gradients,
// and the step in the DSL.
import type { Format, Tensor } from '../../../dsl/index.ts';
import type { GradientRows } from '../reference/index.ts';
import type { FormName } from './names.ts';

/** d_b, and the rank of a factor. */
export interface FormSizes {
  /** Weights in a Fisher block. */
  readonly size: number;
  /** Rows of the factor, 1 … size; other forms have none. */
  readonly rank?: number | undefined;
}

/** The formats of a plan. */
export interface StepFormats {
  /** Of θ_p and θ_u, signed. */
  readonly weights: Format;
  /** Of the committed curvature, signed. */
  readonly curvature: Format;
  /** Of the update δ, with the fractional bits of the weights; `factor` solves for θ_u itself and has no use for it. */
  readonly update: Format;
  /** τ, real: a power of two. */
  readonly tolerance: number;
}

/** The step of a plan: what its circuit depends on. */
export interface StepSpec extends FormSizes {
  readonly form: FormName;
  readonly formats: StepFormats;
}

export interface StepTensors {
  /** θ, [blocks, size]. */
  readonly weights: Tensor;
  /** Bits, [blocks, size]. */
  readonly mask: Tensor;
  /** [blocks, curvatureLength]. */
  readonly curvature: Tensor;
}

/** What is computed, and, for a form that has them, the multipliers ν by which it is checked. */
export interface StepResult {
  /** θ_u, [blocks, size], in the format of θ. */
  readonly unlearned: Tensor;
  /** ν, [blocks, size], 0 off the mask. */
  readonly multipliers?: Tensor;
}

/** What a prover claims. */
export interface ProofTensors extends StepTensors {
  /** θ_u, [blocks, size], in the format of θ. */
  readonly unlearned: Tensor;
  /** The masked entries, ascending, where they are the same for all blocks and part of the circuit; the mask is a constant then. */
  readonly masked?: readonly number[];
  /** [blocks, certificateLength], where the form has one. */
  readonly certificate?: Tensor;
  /** ν, [blocks, masked.length], or [blocks, size] where the mask is open. */
  readonly multipliers?: Tensor;
}

export interface Form {
  readonly name: FormName;
  /** Formats where a plan names none, for weights of `bits` bits in [−range, range). */
  formats(bits: number, range: number): StepFormats;
  /** Numbers committed to for each block. */
  curvatureLength(sizes: FormSizes): number;
  /** Of C' = I + F/λ for the n gradients of a block, [n][size]: the numbers committed to. */
  curvature(gradients: GradientRows, damping: number, sizes: FormSizes): Float64Array;
  /** The numbers of a block without gradients. */
  neutral(sizes: FormSizes): Float64Array;
  /** What shows that the committed numbers are a curvature; absent where every choice of them is one. */
  readonly certificate?: {
    readonly format: (formats: StepFormats) => Format;
    length(sizes: FormSizes): number;
    /** From the numbers committed to, as they were rounded. */
    prove(curvature: Float64Array, sizes: FormSizes): Float64Array;
  };
  /** The format of the multipliers, where there are any. */
  multipliers?(formats: StepFormats): Format;
  /** Computes the step. */
  step(tensors: StepTensors, formats: StepFormats, sizes: FormSizes): StepResult;
  /** Asserts that θ_u is the step's, up to the tolerance. */
  prove(tensors: ProofTensors, formats: StepFormats, sizes: FormSizes): void;
  /** A bound on the 2-norm of a block's distance from the exact step; derived by the compiler where it is left out. */
  epsilon?(formats: StepFormats, sizes: FormSizes): number;
}
