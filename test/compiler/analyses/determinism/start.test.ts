// From the public values: what a verifier can compute, and what they bind.
import { describe, expect, test } from 'vitest';
import { Determination } from '../../../../compiler/analyses/determinism/determination.ts';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { circuit, concat, field, q, u, type CircuitBuilder } from '../../../../dsl/index.ts';
import { commit, commitWords } from '../../../../stdlib/index.ts';

type Build = (c: CircuitBuilder) => void;

/** Of each secret input, element by element, whether it is known. */
function secretsKnown(build: Build, binding: boolean): Record<string, readonly boolean[]> {
  const { system } = lower(circuit('started', {}, build).build());
  const determination = new Determination(system, { start: publicVariables(system), binding });
  determination.settle();
  return Object.fromEntries(
    system.ports
      .filter(({ direction, visibility }) => direction === 'input' && visibility === 'secret')
      .map(({ name, variables }) => [name, variables.map((v) => determination.isKnown(v))]),
  );
}

const bound = (build: Build) => secretsKnown(build, true);
const computable = (build: Build) => secretsKnown(build, false);

const all = (length: number, value: boolean): boolean[] => new Array<boolean>(length).fill(value);

describe('a commitment', () => {
  const whole: Build = (c) => {
    const x = c.secret('x', q(16, 8), [2, 20]);
    commit(x, { salts: c.secret('salts', field, [2, 1]) }).expose('digest');
  };

  test('binds values and salts, through packing and a chain of permutations', () => {
    expect(bound(whole)).toEqual({ x: all(40, true), salts: [true, true] });
  });

  test('shows nothing of them', () => {
    expect(computable(whole)).toEqual({ x: all(40, false), salts: [false, false] });
  });

  test('binds the elements that are hashed, and no others', () => {
    const part: Build = (c) => {
      const x = c.secret('x', q(16, 8), [4]);
      const salts = c.secret('salts', field, [1]);
      commit(x.slice({ axis: 0, start: 1, end: 3 }), { salts }).expose('digest');
    };
    expect(bound(part)).toEqual({ x: [false, true, true, false], salts: [true] });
  });

  test('of which one is not in the open binds what it is of alone', () => {
    const two: Build = (c) => {
      const x = c.secret('x', q(16, 8), [2, 3]);
      const digests = commit(x, { salts: c.secret('salts', field, [2, 1]) });
      digests.slice({ axis: 0, start: 1, end: 2 }).expose('digest');
    };
    expect(bound(two)).toEqual({
      x: [...all(3, false), ...all(3, true)],
      salts: [false, true],
    });
  });

  test('of a digest that is in the open in another digest binds both', () => {
    const nested: Build = (c) => {
      const x = c.secret('x', q(16, 8), [3]);
      const inner = commit(x, { salts: c.secret('salts', field, [1]) });
      concat([inner.reshape([1]), c.secret('other', field, [1])], { axis: 0 })
        .hash()
        .expose('digest');
    };
    expect(bound(nested)).toEqual({ x: all(3, true), salts: [true], other: [true] });
  });

  test('by the compression function binds as well', () => {
    const words: Build = (c) => {
      const salt = c.secret('salt', field, []);
      commitWords(c.secret('words', u(64, 0), [9]), [salt]).expose('digest');
    };
    expect(bound(words)).toEqual({ salt: [true], words: all(9, true) });
    expect(computable(words)).toEqual({ salt: [false], words: all(9, false) });
  });
});

describe('from the public values can be computed', () => {
  test('a salt that is exposed, or that is a known multiple away from being so', () => {
    const exposed: Build = (c) => {
      const salts = c.secret('salts', field, [2]);
      commit(c.secret('x', u(8, 0), [2, 1]), { salts: salts.reshape([2, 1]) }).expose('digest');
      salts.slice({ axis: 0, start: 1, end: 2 }).expose('shown');
    };
    expect(computable(exposed)).toEqual({ salts: [false, true], x: [false, false] });
  });

  test('what mixed radix takes apart, but not what was rounded away', () => {
    const packed: Build = (c) => {
      c.secret('packed', q(16, 8), [3]).pack().expose('word');
      c.secret('rounded', q(16, 8), [1]).rescale(q(12, 4)).expose('short');
    };
    expect(computable(packed)).toEqual({ packed: all(3, true), rounded: [false] });
  });
});

test('a permutation alone binds nothing: whoever may choose its whole state inverts it', () => {
  const free: Build = (c) => {
    const x = c.secret('x', field, [2]);
    x.hash().expose('digest');
  };
  const { system } = lower(circuit('permuted', {}, free).build());
  const known = (gates: typeof system.gates): boolean => {
    const determination = new Determination(
      { ...system, gates },
      { start: publicVariables(system), binding: true },
    );
    determination.settle();
    return system.ports[0]!.variables.every((variable) => determination.isKnown(variable));
  };
  expect(known(system.gates)).toBe(true);
  // Without the constant that the capacity is.
  expect(known(system.gates.filter(({ gate }) => gate.kind !== 'constant'))).toBe(false);
});
