// The cost of a circuit, as it is locked in a committed file: any change of the constraints shows there.
import { systemDigest } from '../constraints/digest.ts';
import { countRows, totalRows } from '../constraints/rows.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';

export interface Cost {
  readonly circuit: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Rows by kimchi's name of the gate. */
  readonly gates: Readonly<Record<string, number>>;
  /** Of the whole list of constraints: equal for the same circuit only. */
  readonly digest: string;
}

export function costOf({ program, system }: LoweredProgram): Cost {
  const counts = countRows(system);
  return {
    circuit: program.name,
    parameters: program.parameters,
    rows: totalRows(counts),
    gates: { ...counts },
    digest: systemDigest(system),
  };
}

/** As the committed file holds it. */
export const renderCost = (cost: Cost): string => `${JSON.stringify(cost, null, 2)}\n`;
