// Each circuit that lacks one assertion is refused by the law of its specification, and its right twin passes.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { checkLaw } from '../../../../compiler/testing/check-laws.ts';
import { cases } from './circuits.ts';

const accepted = 'what is accepted agrees with the specification';

describe.each(cases)('$name', ({ build, options }) => {
  const tried = { numRuns: 6, ...options };

  test('is found by the law of the specification', () => {
    const broken = build(false);
    // The broken masks are inputs: nothing of their witnesses is forged.
    const how = options.inputs ? 'an honest witness' : 'a dishonest witness (';
    const check = (): void => checkLaw(accepted, broken, compileCircuit(broken), tried);
    expect(check).toThrow(`"${accepted}" does not hold: ${how}`);
  });

  test('is right with the assertion', () => {
    const right = build(true);
    const compiled = compileCircuit(right);
    const few = { ...tried, numRuns: 2 };
    checkLaw(accepted, right, compiled, few);
    checkLaw('what the specification takes is accepted', right, compiled, few);
  });
});
