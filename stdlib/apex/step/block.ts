// One block as a client holds it, in integers of the plan's formats.

export interface HeldBlock {
  /** θ, [length]. */
  readonly weights: Int32Array;
  /**
   * R: columns 0 … length − 1 one after another, column i with columnLengths(size)[i] entries. Entries from i + 1 on and rows from
   * `length` on are 0 for an honest client; the step is defined for any values.
   */
  readonly root: Int16Array;
}
