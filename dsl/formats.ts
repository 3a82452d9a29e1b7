// Formats for authors: as the compiler's, with mistakes placed at the author's line.
import * as formats from '../compiler/ir/format.ts';
import { openFormat, type OpenFormat } from '../compiler/ir/open.ts';
import { located } from './source-line.ts';

/** Signed fixed point of `bits` bits, sign included, `fraction` of them fractional: q(24, 20) holds [−8, 8). */
export const q = (bits: number, fraction: number): formats.FixedFormat =>
  located(() => formats.q(bits, fraction));

/** Unsigned fixed point of `bits` bits, `fraction` of them fractional: u(12, 0) holds 0 … 4095. */
export const u = (bits: number, fraction: number): formats.FixedFormat =>
  located(() => formats.u(bits, fraction));

/**
 * Real values in [low, high), of a format that the compiler chooses for the accuracy that is demanded
 * (`assertAccurate`). Used in several places it is one format; `name` is what it is called where it is printed and pinned
 * (an input gives it its own).
 */
export const real = (low: number, high: number, name?: string): OpenFormat =>
  located(() => openFormat(low, high, name));

export const { bit, field, digest } = formats;
export type { FixedFormat, Format } from '../compiler/ir/format.ts';
export type { OpenFormat } from '../compiler/ir/open.ts';
