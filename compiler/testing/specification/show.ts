// Tensors in messages: short ones whole, of long ones the first numbers.
import type { Inputs } from './statement.ts';

const most = 24;

/** Six digits. */
export const roughly = (x: number): number => Number(x.toPrecision(6));

export function showValues(values: readonly (number | bigint)[]): string {
  const shown = values.slice(0, most).map(String);
  const rest = values.length - shown.length;
  return `[${[...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')}]`;
}

export const showTensors = (
  tensors: Iterable<readonly [string, readonly (number | bigint)[]]>,
): string => [...tensors].map(([name, values]) => `${name} = ${showValues(values)}`).join(', ');

/** Opaque inputs are left out. */
export const showInputs = ({ reals }: Inputs): string => showTensors(Object.entries(reals));
