// The forms of the curvature: their names, and a sentence on each for `--help`, which loads nothing else of them.
export const formSummaries = {
  factor: "commits to G with C' = I + GᵀG: a curvature by construction, of any rank",
  kkt: "commits to C' itself, and certifies that no eigenvalue is below 1 − 2⁻⁹ d",
  inverse:
    "commits to R with C'⁻¹ = 2⁻⁸ I + RᵀR: the inverse of a curvature by construction, and the cheapest for few masked weights in a block",
} as const;

export type FormName = keyof typeof formSummaries;
