// Provers whose hints lie: other quotients and remainders than those that the prelude asserts.
import { describe, expect, test } from 'vitest';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { prelude } from '../../../../../compiler/targets/noir/prelude.ts';
import { circuit, q, u } from '../../../../../dsl/index.ts';
import { everyInput, oneLine } from '../small.ts';
import { compiledLater } from '../together.ts';
import {
  branch,
  comparisons,
  divisions,
  maxima,
  polynomials,
  rankings,
  roots,
  roundings,
} from './exhaustive.ts';

function replace(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${from} occurs not once`);
  return text.replace(from, to);
}

/** The end of a hint, the end of dishonest ones, and assertions without which one of the lies passes. */
interface Hint {
  readonly honest: string;
  readonly lies: Readonly<Record<string, string>>;
  readonly needed: Readonly<Record<string, readonly [assertion: string, lie: string]>>;
}

const power = '2.pow_32(SHIFT as Field)';

/** The quotient by 2^SHIFT; the equation holds for all lies. */
const division: Hint = {
  honest: '(quotient, remainder)',
  lies: {
    'one more': `(quotient + 1, remainder - ${power})`,
    'one less': `(quotient - 1, remainder + ${power})`,
    'a fraction': `(quotient + 1 / ${power}, remainder - 1)`,
    'another fraction': `(quotient - 1 / ${power}, remainder + 1)`,
    'far away': `(quotient - 2.pow_32(200), remainder + 2.pow_32(200) * ${power})`,
  },
  needed: {
    'range of the remainder': ['at_least::<SHIFT>(r, 0);', `(quotient - 1, remainder + ${power})`],
    'range of the quotient': [
      'at_least::<BITS>(q, 0);',
      `(quotient - 1 / ${power}, remainder + 1)`,
    ],
    'the equation': [
      'assert(x == q * power::<SHIFT>() + r, "not the quotient and the remainder");',
      '(0, 0)',
    ],
  },
};

/** A threshold that lets K keys pass gives their bits, whichever it is; none of these does. */
const ranking: Hint = {
  honest: 'kth',
  lies: {
    'one more': 'kth + 1',
    'the least': '0',
    'a fraction': 'kth - 1 / 2',
    'far away': 'kth - 2.pow_32(200)',
  },
  needed: { 'the count': ['assert(count == K as Field, "top-k: not K elements");', '0'] },
};

const integerDivision: Hint = {
  honest: '(times, rest)',
  lies: {
    'one more': '(times + 1, rest - y)',
    'one less': '(times - 1, rest + y)',
    'a fraction': '(times + if y == 0 { 1 } else { 1 / y }, rest - 1)',
    'another fraction': '(times - if y == 0 { 1 } else { 1 / y }, rest + 1)',
    'far away': '(times - 2.pow_32(200), rest + 2.pow_32(200) * y)',
  },
  needed: {
    'range of the remainder': ['at_least::<SIZE>(r, 0);', '(times + 1, rest - y)'],
    'remainder below the divisor': ['at_least::<SIZE>(y - 1 - r, 0);', '(times - 1, rest + y)'],
    'range of the quotient': ['at_least::<BITS>(above, 0);', '(times - 1 / y, rest + 1)'],
    'the equation': [
      'assert(x == q * y + r, "div-mod: not the quotient and the remainder");',
      '(0, 0)',
    ],
  },
};

const bisection: Hint = {
  honest: 'low + above',
  lies: {
    'one more': 'low + above + 1',
    'one less': 'low + above - 1',
    'a fraction': 'low + above + 1 / 3',
    'far away': 'low + above - 2.pow_32(200)',
  },
  needed: {
    'range of the root': [
      'at_least::<BITS>(x, low);',
      // The root in the field.
      '(unit - 1 - p[0] / p[1]) / unit',
    ],
    'not past the root': ['at_least::<STEP>(-polynomial(p, t), 0);', 'low + above + 1'],
    'not before the root': ['at_least::<STEP>(polynomial(p, t + unit), 1);', 'low + above - 1'],
  },
};

/** x^3 - 3 x = 1 has two more roots, one of them near 2. */
const branches: Hint = {
  honest: 'low + above',
  lies: { 'another root': '2' },
  needed: { 'the upper end': ['(high - x).assert_max_bit_size::<BITS>();', '2'] },
};

const quotient = lower(
  circuit('wide', {}, (c) => {
    const [x, y] = [c.secret('x', q(20, 0)), c.secret('y', u(10, 0))];
    x.div(y.add(1), { format: q(24, 3) }).expose('q');
  }).build(),
);

const selection: Hint = {
  honest: 'found',
  lies: {
    'the next one': 'found + 1',
    'the one before': 'if found == 0 { N - 1 } else { found - 1 }',
    'the last one': 'if found == N - 1 { 0 } else { N - 1 }',
    none: 'N',
  },
  needed: {
    'the first integer of the piece': ['at_least::<BITS>(x, firsts[i]);', 'found + 1'],
    'the last integer of the piece': ['at_most::<BITS>(x, lasts[i]);', 'found - 1'],
  },
};

interface Attacked {
  readonly op: string;
  readonly hint: Hint;
  /** Every lie is tried on them. */
  readonly circuits: readonly LoweredProgram[];
  /** A circuit and its inputs, on which lies pass when an assertion is missing. */
  readonly wide: LoweredProgram;
  readonly inputs: readonly (readonly bigint[])[];
}

const attacked: readonly Attacked[] = [
  {
    op: 'rescale',
    hint: division,
    circuits: roundings,
    wide: oneLine('rescale', [q(20, 8)], { to: q(12, 0) }),
    inputs: [[1000n]],
  },
  {
    op: 'at-least',
    hint: division,
    circuits: comparisons.slice(0, 2),
    wide: oneLine('at-least', [q(20, 8), u(10, 8)]),
    inputs: [[1000n], [999n]],
  },
  {
    op: 'max',
    hint: division,
    circuits: maxima.slice(0, 1),
    wide: oneLine('max', [q(20, 8), u(10, 8)]),
    inputs: [[1000n], [999n]],
  },
  {
    op: 'top-k',
    hint: ranking,
    circuits: rankings.slice(0, 2),
    wide: oneLine('top-k', [q(12, 4)], { k: 2 }, [4]),
    inputs: [[5n, -3n, 5n, 1n]],
  },
  {
    op: 'div-mod',
    hint: integerDivision,
    circuits: divisions.slice(0, 2),
    wide: oneLine('div-mod', [q(20, 0), u(10, 0)]),
    inputs: [[1000n], [9n]],
  },
  {
    op: 'root',
    hint: bisection,
    circuits: roots.slice(0, 4),
    wide: quotient,
    inputs: [[1000n], [9n]],
  },
  {
    op: 'root, one of several',
    hint: branches,
    circuits: [branch],
    wide: branch,
    inputs: [[0n]],
  },
  {
    op: 'piecewise',
    hint: selection,
    circuits: polynomials.slice(0, 1),
    wide: oneLine('piecewise', [q(5, 2)], {
      function: 'exp',
      origin: -16n,
      unit: 1n,
      start: -16n,
      widths: [4, 2, 2, 3],
      shift: 0,
      coefficients: [1n, 2n, 3n, 4n],
      to: q(5, 2),
    }),
    inputs: [[5n]],
  },
];

describe.each(attacked)('the hints of $op', ({ hint, circuits, wide, inputs }) => {
  const lying = (text: string, lie: string): string =>
    replace(text, `    ${hint.honest}\n`, `    ${lie}\n`);
  const dishonest = Object.entries(hint.lies).flatMap(([what, lie]) =>
    circuits.map((each) => ({
      what,
      compiled: compiledLater({ circuit: each, prelude: lying(prelude, lie) }),
    })),
  );
  const weakened = Object.entries(hint.needed).map(([what, [assertion, lie]]) => {
    const text = lying(replace(prelude, `    ${assertion}\n`, ''), lie);
    const unforced = compiledLater({ circuit: wide, prelude: text });
    const forced = compiledLater({ circuit: wide, prelude: lying(prelude, lie) });
    return { what, forced, unforced };
  });
  const tensors = new Map(inputs.map((x, line) => [line, x]));

  test('no lie is accepted', async () => {
    for (const { what, compiled } of dishonest) {
      const { abi, execute } = compiled();
      for (const input of everyInput(abi).filter((_, i) => i % 5 === 0))
        expect(await execute(input.tensors), `${what}, ${input.text}`).toBeUndefined();
    }
  });

  test('each assertion is needed', async () => {
    for (const { what, forced, unforced } of weakened) {
      expect(await forced().execute(tensors), what).toBeUndefined();
      expect(await unforced().execute(tensors), what).toBeDefined();
    }
  });
});
