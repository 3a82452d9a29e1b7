// Formats for authors: as the compiler's, with mistakes placed at the author's line.
import * as formats from '../compiler/ir/format.ts';
import { located } from './source-line.ts';

/** Signed fixed point of `bits` bits, sign included, `fraction` of them fractional: q(24, 20) holds [−8, 8). */
export const q = (bits: number, fraction: number): formats.FixedFormat =>
  located(() => formats.q(bits, fraction));

/** Unsigned fixed point of `bits` bits, `fraction` of them fractional: u(12, 0) holds 0 … 4095. */
export const u = (bits: number, fraction: number): formats.FixedFormat =>
  located(() => formats.u(bits, fraction));

export const { bit, field, digest } = formats;
export type { Format } from '../compiler/ir/format.ts';
