// A function of every element, by polynomials that are chosen for what is known of the elements when the line is written.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import {
  defineFunction as define,
  isFunction,
  unknownFunction,
  type AuthorFunction,
} from '../compiler/functions/registry.ts';
import { searchPieces } from '../compiler/functions/search.ts';
import { fractionOf, isOpaque, renderFormat, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { hull } from '../compiler/numbers/interval.ts';
import { isFormat, refuse, requireFormat, requireName, writeFormat } from './slips.ts';
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
  if (isFormat(options)) refuse('map expects { format }', options, as(writeFormat(options)));
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

/**
 * Adds a function of the author's own for `map`, and returns its name.
 *
 * The compiler puts polynomials in its place. How far they are from it rests on the last bound of a derivative, and how an error of x
 * carries over on the first. Nothing proves the bounds, nor that `at` computes the function to 2^-48 of its size: they are the assumption
 * `NAME.derivatives` of each circuit that uses it.
 *
 * @param definition.at f(x) in float64
 * @param definition.derivatives bounds of |f'|, |f''| and so on wherever the function is used: two or more. With k of them, polynomials
 *   have a degree up to k - 1
 */
export const defineFunction = (name: string, definition: AuthorFunction): string => {
  requireName('defineFunction', name, () => "defineFunction('square', { at, derivatives })");
  return located(() => define(name, definition));
};
