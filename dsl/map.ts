// A function of every element, by polynomials that are chosen for what is known of the elements when the line is written.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { isFunction, unknownFunction } from '../compiler/functions/registry.ts';
import { searchPieces } from '../compiler/functions/search.ts';
import { fractionOf, isOpaque, renderFormat, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { hull } from '../compiler/numbers/interval.ts';
import { refuse, requireFormat, requireName, writeFormat } from './slips.ts';
import { authorLine, located } from './source-line.ts';
import type { Tensor } from './tensor.ts';

/** A distance that is less than so many bits after the last place is none: rounding moves the value by half a last place. */
const mostBelow = 8;

export function map(
  x: Tensor,
  name: string,
  options: { readonly format: Format | OpenFormat; readonly within?: number },
): Tensor {
  requireName('map', name, () => "x.map('exp', { format: q(24, 20) })");
  if (!isFunction(name)) located(() => unknownFunction(name));
  const as = (format: string): string => `x.map('${name}', { format: ${format} })`;
  const given = Object(options) as typeof options;
  requireFormat('map', given.format, as);
  const to = x.formatOf(given.format);
  for (const format of [x.format, to])
    if (isOpaque(format))
      fail(
        'format-mismatch',
        `map takes and gives numbers, got ${renderFormat(format)}`,
        'a format of q(…) or u(…)',
        authorLine(),
      );
  const resultFraction = fractionOf(to);
  const { within = 2 ** -(resultFraction + 1) } = given;
  if (typeof within !== 'number')
    refuse(
      'map expects a number for within',
      within,
      `${as(writeFormat(to)).slice(0, -3)}, within: 0.001 })`,
    );
  const least = 2 ** -(resultFraction + mostBelow);
  if (!(within >= least && within < Infinity))
    fail(
      'bad-bounds',
      `map within ${within}`,
      `a distance of ${least} or more: 2^-${mostBelow} of the last place of ${renderFormat(to)}`,
      authorLine(),
    );
  const pieces = located(() =>
    searchPieces({
      function: name,
      x: hull(...x.intervals()),
      fraction: fractionOf(x.format),
      resultFraction,
      within,
    }),
  );
  return x.apply('piecewise', [], { function: name, ...pieces, to });
}
