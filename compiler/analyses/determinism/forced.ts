// The lines whose values the inputs force by the constraints alone: what is declared counts for nothing here.
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { Determination } from './determination.ts';

/** A line without a value is none of them. */
export function forcedLines({ system, values }: LoweredProgram): ReadonlySet<number> {
  const determination = new Determination(system);
  determination.settle();
  const forced = new Set<number>();
  values.forEach((elements, line) => {
    const known = elements.every(({ terms }) =>
      terms.every(({ variable }) => determination.isKnown(variable)),
    );
    if (elements.length > 0 && known) forced.add(line);
  });
  return forced;
}
