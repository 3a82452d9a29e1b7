// Selective synaptic dampening (Foster et al., 2024) on the matrices in scope: a weight whose diagonal Fisher on the forget
// set exceeds α times that on the client's data is scaled down,
//   θ_i ← min(1, λ F_i(D_p) / F_i(D_f)) θ_i   where F_i(D_f) > α F_i(D_p).
import type { Weights } from '../../../unlearn-digits/weights.ts';

export interface Dampening {
  readonly weights: Weights;
  /** Diagonal Fisher, by tensor in scope. */
  readonly forget: Weights;
  readonly kept: Weights;
  /** α. */
  readonly selection: number;
  /** λ. */
  readonly strength: number;
}

export function dampen({ weights, forget, kept, selection, strength }: Dampening): Weights {
  return new Map(
    [...weights].map(([name, { shape, data }]) => {
      const ofForget = forget.get(name)?.data;
      const ofKept = kept.get(name)?.data;
      if (!ofForget || !ofKept) return [name, { shape, data }];
      const after = data.map((value, i) => {
        const [f, k] = [ofForget[i]!, ofKept[i]!];
        return f > selection * k ? value * Math.min(1, (strength * k) / f) : value;
      });
      return [name, { shape, data: after }];
    }),
  );
}
