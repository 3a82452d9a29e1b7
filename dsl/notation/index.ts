// Index notation: tagged templates in which an equation is written as in the paper.
import type { Format } from '../../compiler/ir/format.ts';
import type { OpenFormat } from '../../compiler/ir/open.ts';
import { authorLine, writtenAt } from '../source-line.ts';
import type { Operand, Tensor } from '../tensor.ts';
import { assertionOf, emitAssertion } from './assertion.ts';
import { Emitter } from './emit.ts';
import { Findings } from './findings.ts';
import { parse } from './grammar.ts';
import { ordered } from './layout.ts';
import { Resolver } from './resolve.ts';
import { Scope } from './scope.ts';
import { chain, type Statement } from './syntax.ts';
import { TemplateText } from './template-text.ts';

/**
 * The tensor that an equation defines, its axes in the order of the left-hand side:
 *
 *   tensor`r[b,i] = sum[j] ${curvature}[b,i,j] * ${delta}[b,j]`
 *
 * A comparison is a bit: tensor`b[i] = ${x}[i] >= 0 & ${y}[i] < 1`. An operand that lacks an index is broadcast along it; one that has an index twice is read along the diagonal. Nothing
 * rounds but quotients and roots: products add fractional bits, sums align them, constants are exact. Throws a LetheError with all
 * mistakes, each pointed at in the text.
 *
 *   tensor`q[i]: ${q(24, 20)} = ${a}[i] / ${b}[i]`
 *
 * A quotient of tensors is the nearest number of its format (`Tensor.div`). Without a format the compiler chooses one. Division by a
 * number is exact.
 */
export function tensor(
  strings: TemplateStringsArray,
  ...values: readonly (Operand | Format | OpenFormat)[]
): Tensor {
  return reading(strings, ({ result, sides, comparisons }, findings) => {
    const right = chain(sides, comparisons);
    if (!result && comparisons.length > 0)
      return findings.refuse(
        'bad-template',
        'a comparison without a name for its bits',
        'assert`…` asserts it; b[i] = … names the bits that say where it holds',
        comparisons[0]!.span,
      );
    if (!result)
      return findings.refuse(
        'bad-template',
        'the result has no name',
        'name it and its indices: r[b,i] = …',
        right.span,
      );
    const scope = new Scope(findings, false);
    const resolver = new Resolver(findings, scope, values);
    const term = scope.within(result.indices, 'result', () => resolver.resolve(right));
    findings.throwIfAny();
    if (term.kind === 'constant')
      return findings.refuse(
        'bad-template',
        'there are only numbers',
        'interpolate a tensor',
        right.span,
      );
    const order = result.indices.map(({ name }) => name);
    const format = resolver.format(result, term);
    return ordered(new Emitter(findings).emit(term, order, format), order).tensor;
  });
}

/**
 * Asserts a comparison for every element: bounds are numbers, exactly compared, strict or not; or two sides are equal.
 *
 *   assert`-0.5 <= ${x}[b,i] < 0.5`
 *   assert`sum[j] ${a}[i,j] * ${x}[j] == ${b}[i]`
 */
export function assert(strings: TemplateStringsArray, ...values: readonly Operand[]): void {
  reading(strings, (statement, findings) => {
    const { result, sides, comparisons } = statement;
    if (result)
      return findings.refuse(
        'bad-template',
        'an assertion defines nothing',
        '== compares',
        result.span,
      );
    if (comparisons.length === 0)
      return findings.refuse(
        'bad-template',
        'nothing is compared',
        'low <= x <= high',
        sides[0]!.span,
      );
    const scope = new Scope(findings, true);
    const terms = sides.map((side) => new Resolver(findings, scope, values).resolve(side));
    findings.throwIfAny();
    emitAssertion(findings, assertionOf(findings, terms, statement));
  });
}

function reading<T>(
  { raw }: TemplateStringsArray,
  action: (statement: Statement, findings: Findings) => T,
): T {
  const where = authorLine();
  return writtenAt(where, () => {
    const findings = new Findings(new TemplateText(raw), where);
    return action(parse(findings), findings);
  });
}
