// What a form of the curvature has to be: what a client commits to for each Fisher block, how it comes from gradients,
// and the step in the DSL.
import type { Format, Tensor } from '../../../dsl/index.ts';
import type { GradientRows } from '../reference/index.ts';

export type FormName = 'factor' | 'kkt' | 'inverse';

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

export interface StepTensors {
  /** θ, [blocks, size]. */
  readonly weights: Tensor;
  /** Bits, [blocks, size]. */
  readonly mask: Tensor;
  /** [blocks, curvatureLength]. */
  readonly curvature: Tensor;
  /** [blocks, certificateLength], where the form has one. */
  readonly certificate?: Tensor | undefined;
}

export interface Form {
  readonly name: FormName;
  /** In one sentence, for `--help`. */
  readonly summary: string;
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
  /** θ_u, [blocks, size], in the format of θ. */
  step(tensors: StepTensors, formats: StepFormats, sizes: FormSizes): Tensor;
}
