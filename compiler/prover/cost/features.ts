// What the cost of a proof is a sum of. Each cost is a coefficient for each of its features; which ones says the list.
import { domainOf, hasLookups, type RowCounts } from '../../constraints/rows.ts';

/** Of a circuit, by its rows; `one` is what every proof pays. */
export function featuresOf(rows: RowCounts) {
  const domain = domainOf(rows);
  return {
    one: 1,
    domain,
    /** What a transform of the domain takes. */
    transform: domain * Math.log2(domain),
    /** The domain where there is a lookup table, else 0. */
    lookups: hasLookups(rows) ? domain : 0,
    generic: rows.Public + rows.Generic,
    range: rows.RangeCheck0,
    poseidon: rows.Poseidon + rows.Zero,
  };
}

export type Features = ReturnType<typeof featuresOf>;
export type Feature = keyof Features;

/** A coefficient for each feature that a cost depends on. */
export type Coefficients = Readonly<Partial<Record<Feature, number>>>;

/** Σ coefficient · feature. */
export const predict = (coefficients: Coefficients, features: Features): number =>
  Object.entries(coefficients).reduce(
    (sum, [feature, coefficient]) => sum + coefficient * features[feature as Feature],
    0,
  );

/** Costs that are fitted, and the features that may take part in each. */
export const fitted = {
  /** Core seconds of one proof. */
  prove: ['one', 'transform', 'lookups', 'generic', 'range', 'poseidon'],
  /** Core seconds of compiling, with the Lagrange basis on the disk. */
  compile: ['one', 'transform', 'generic', 'range', 'poseidon'],
  /** Core seconds of computing the basis, of 2^12 and more. */
  basis: ['transform'],
  /** Core seconds of loading o1js. */
  load: ['one'],
  /** Bytes that are resident at most. */
  memory: ['one', 'domain', 'lookups', 'generic', 'range', 'poseidon'],
} as const satisfies Record<string, readonly Feature[]>;

export type Cost = keyof typeof fitted;
