// Openings inside of a circuit: the columns and weights of leaves, and the multipliers of c_b. The digests are exposed, so a verifier says
// which leaves and which c_b they are.
import { field, u, type CircuitBuilder, type Tensor } from '../../../dsl/index.ts';
import { numeric } from '../../../compiler/ir/format.ts';
import { commitWords } from '../../commitment.ts';
import { hasSalt, leafDomain, leafWords, rootWords } from '../commitments/column.ts';
import { multiplierDomain } from '../commitments/multipliers.ts';
import { limbFormat } from '../commitments/words.ts';
import { multiplierFormat, rootFormat, type StepSpec } from '../step/index.ts';

/** Names of the tensors of columns of a length. */
export interface ColumnPorts {
  readonly columns: (length: number) => string;
  readonly columnSalts: (length: number) => string;
  readonly leaves: (length: number) => string;
}

/** @param registration tells the leaves of two registrations apart. */
export function columnPorts(registration = ''): ColumnPorts {
  const named = (name: string) => (length: number) => `${registration}${name}-${length}`;
  return {
    columns: named('columns'),
    columnSalts: named('column-salts'),
    leaves: named('leaves'),
  };
}

/** Names of the tensors of blocks with k multipliers. */
export const multiplierPorts = {
  multipliers: (k: number) => `multipliers-${k}`,
  multiplierSalts: (k: number) => `multiplier-salts-${k}`,
  commitments: (k: number) => `commitments-${k}`,
} as const;

const word = u(64, 0);

/** Columns of R and their weights. */
export interface OpenedColumns {
  /** [count, length]. */
  readonly root: Tensor;
  /** In the format of the plan, [count, 1]. */
  readonly weight: Tensor;
}

/** Opened from their leaves. */
export function openColumns(
  c: CircuitBuilder,
  { weights }: StepSpec,
  ports: ColumnPorts,
  { length, count }: { readonly length: number; readonly count: number },
): OpenedColumns {
  const words = c.secret(ports.columns(length), word, [count, leafWords(length)]);
  const salts = hasSalt(length) ? [c.secret(ports.columnSalts(length), field, [count])] : [];
  commitWords(words, salts, { domain: Number(leafDomain(length)) }).expose(ports.leaves(length));
  const part = (start: number, end: number): Tensor => words.slice({ axis: 1, start, end });
  const wide = limbFormat(weights);
  // The word after it is random, where there is one.
  const weight = part(rootWords(length), leafWords(length)).unpack({ format: wide, length: 1 });
  return {
    root: part(0, rootWords(length)).unpack({ format: rootFormat, length }),
    weight: wide.bits === numeric(weights)!.bits ? weight : weight.rescale(weights),
  };
}

/** ν of blocks with k multipliers, opened from their commitments, [count, k]. */
export function openMultipliers(
  c: CircuitBuilder,
  spec: StepSpec,
  { k, count }: { readonly k: number; readonly count: number },
): Tensor {
  const words = c.secret(multiplierPorts.multipliers(k), word, [count, k]);
  const salts = c.secret(multiplierPorts.multiplierSalts(k), field, [count]);
  commitWords(words, [salts], { domain: Number(multiplierDomain(k)) }).expose(
    multiplierPorts.commitments(k),
  );
  return words.unpack({ format: multiplierFormat(spec), length: k });
}
