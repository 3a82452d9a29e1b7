/**
 * Adam without weight decay (Kingma and Ba, 2015):
 *   m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  θ ← θ − s·m / (√v + ε)
 * where the caller's s is the learning rate with the bias correction √(1 − β₂ᵗ)/(1 − β₁ᵗ).
 */
import { numpy as np, tree } from '@jax-js/jax';
import type { Parameters } from './weights.ts';

const firstDecay = 0.9;
const secondDecay = 0.999;
const epsilon = 1e-8;

/** Parameters with the running means of their gradients and of the squares. */
export type AdamState = {
  parameters: Parameters;
  first: Parameters;
  second: Parameters;
};

/** The state before the first step. Consumes the parameters. */
export function adamState(parameters: Parameters): AdamState {
  const zeros = (): Parameters =>
    tree.map((array: np.Array) => np.zeros(array.shape), parameters) as Parameters;
  return { parameters, first: zeros(), second: zeros() };
}

/** s for step t = 1, 2, …: the learning rate with the bias correction. */
export function adamScale(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - secondDecay ** step)) / (1 - firstDecay ** step);
}

/** The state after one step. Consumes the state, the gradient and the scalar array `scale`. */
export function adamStep(state: AdamState, gradient: Parameters, scale: np.Array): AdamState {
  const next: AdamState = { parameters: {}, first: {}, second: {} };
  for (const [name, slope] of Object.entries(gradient)) {
    const square = slope.ref.mul(slope.ref);
    const first = state.first[name]!.mul(firstDecay).add(slope.mul(1 - firstDecay));
    const second = state.second[name]!.mul(secondDecay).add(square.mul(1 - secondDecay));
    const step = first.ref.mul(scale.ref).div(np.sqrt(second.ref).add(epsilon));
    next.parameters[name] = state.parameters[name]!.sub(step);
    next.first[name] = first;
    next.second[name] = second;
  }
  scale.dispose();
  return next;
}
