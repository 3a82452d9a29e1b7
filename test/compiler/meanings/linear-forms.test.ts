// A record's linear form is the value: exactly in the integers, and in the reals but for float64's own rounding.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../../compiler/constraints/expression.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { fractionOf, isOpaque } from '../../../compiler/ir/format.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { linearForms } from '../../../compiler/meanings/linear-forms.ts';
import { analyzeRanges } from '../../../compiler/meanings/range.ts';
import { evaluateReal } from '../../../compiler/meanings/real.ts';
import { arbitraryInputs, arbitraryProgram } from '../../../compiler/testing/index.ts';
import { met, runs } from '../../tier.ts';

const cases = arbitraryProgram({ bits: 30 }).chain((program) =>
  arbitraryInputs(program).map((inputs) => ({ program, inputs })),
);

test('of random programs, on inputs between the numbers of their formats', () => {
  let compared = 0;
  fc.assert(
    fc.property(cases, ({ program, inputs }) => {
      try {
        analyzeRanges(program);
      } catch (error) {
        if (isLetheError(error)) return;
        throw error;
      }
      const { values, atoms } = linearForms(program);
      const fixed = evaluateFixed(program, inputs.fixed).values;
      const reals = evaluateReal(program, inputs.real);
      const unit = (line: number): number => 2 ** fractionOf(program.lines[line]!.type.format);
      const integers = atoms.map(({ line, element }) => fixed[line]?.[element]);
      const scaled = atoms.map(({ line, element }) => reals[line]![element]! * unit(line));
      program.lines.forEach(({ type }, line) =>
        values[line]!.forEach((form, element) => {
          const own = fixed[line]?.[element];
          const isKnown = form.terms.every(({ variable }) => integers[variable] !== undefined);
          if (own === undefined || !isKnown || isOpaque(type.format)) return;
          expect(evaluate(form, integers as bigint[])).toBe(own);
          const terms = form.terms.map((t) => Number(t.coefficient) * scaled[t.variable]!);
          const expected = terms.reduce((sum, each) => sum + each, Number(form.constant));
          const size = terms.reduce((sum, x) => sum + Math.abs(x), 1 + Math.abs(expected));
          const real = reals[line]![element]! * unit(line);
          if (!Number.isNaN(real)) expect(Math.abs(real - expected) / size).toBeLessThan(2 ** -40);
          compared++;
        }),
      );
    }),
    { numRuns: runs(800) },
  );
  expect(compared).toBeGreaterThan(met(3000));
});
