import { describe, expect, test } from 'vitest';
import { ratioScores, saliencyScores } from '../../../../stdlib/apex/reference/index.ts';
import type { NamedTensors } from '../../../../stdlib/apex/reference/index.ts';

const tensor = (...values: number[]): NamedTensors =>
  new Map([['fc1', { shape: [values.length], data: Float64Array.from(values) }]]);
const values = (scores: NamedTensors) => [...scores.get('fc1')!.data];

const weights = tensor(2, -4, 0);
const forget = { gradient: tensor(-1, 0.5, 3), curvature: tensor(3, 1, 5) };

describe('saliencyScores', () => {
  test('is −gθ + ½cθ²', () => {
    //  i = 0:  1·2 + ½·3·4 = 8;   i = 1:  −½·(−4) + ½·1·16 = 10;   i = 2:  θ = 0.
    expect(values(saliencyScores({ weights, ...forget }))).toEqual([8, 10, 0]);
  });

  test('equals the exact change of a quadratic loss when the weight is removed', () => {
    // L(θ) = aθ + ½cθ², so g = a + cθ at θ, and L(0) − L(θ) = −aθ − ½cθ² = −gθ + ½cθ².
    const [a, c, theta] = [0.75, 1.5, -2];
    const change = -(a * theta + 0.5 * c * theta ** 2);
    const scores = saliencyScores({
      weights: tensor(theta),
      gradient: tensor(a + c * theta),
      curvature: tensor(c),
    });
    expect(values(scores)).toEqual([change]);
  });

  test.each([
    ['missing tensor', { gradient: new Map() }, 'tensor "fc1": has no entry in gradient'],
    ['length', { gradient: tensor(1) }, "shape [1] differs from the weights' [3]"],
    ['NaN', { curvature: tensor(1, NaN, 1) }, 'curvature: tensor "fc1": entry 1 is NaN'],
    [
      'unknown tensor',
      { gradient: new Map([...forget.gradient, ['fc9', { shape: [], data: Float64Array.of(1) }]]) },
      'gradient: tensor "fc9": is not among the weights',
    ],
    [
      'shape',
      { weights: new Map([['fc1', { shape: [-1], data: new Float64Array() }]]) },
      'weights: tensor "fc1": shape is [-1]',
    ],
  ])('refuses: %s', (_, change, message) => {
    expect(() => saliencyScores({ weights, ...forget, ...change })).toThrow(message);
  });
});

describe('ratioScores', () => {
  test('divides by the score on retained data; a zero weight scores zero', () => {
    // Retained: i = 0: ½·4·4 = 8;  i = 1: 4·1 + ½·2·16 = 20;  i = 2: θ = 0, and 0/0 counts as 0.
    const retained = { gradient: tensor(0, 1, 1), curvature: tensor(4, 2, 1) };
    expect(values(ratioScores({ weights, forget, retained }))).toEqual([1, 0.5, 0]);
  });

  test('refuses a division by zero', () => {
    const retained = { gradient: tensor(0, 0, 0), curvature: tensor(0, 1, 1) };
    expect(() => ratioScores({ weights, forget, retained })).toThrow(
      'tensor "fc1": entry 0 divides 8 by the retained score 0\n  hint: raise the damping',
    );
  });
});
