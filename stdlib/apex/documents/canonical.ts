// Documents have one text: JSON with sorted keys and no spaces. Their digest is SHA-256 of it.
import { createHash } from 'node:crypto';
import { modulus } from '../../../compiler/numbers/field.ts';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as { readonly [key: string]: Json })
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonicalText(each)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** 64 hexadecimal digits. */
export const digestOf = (value: Json): string =>
  createHash('sha256').update(canonicalText(value)).digest('hex');

/** A digest as a field element: its first 31 bytes. */
export const digestField = (digest: string): bigint => BigInt(`0x${digest.slice(0, 62)}`) % modulus;
