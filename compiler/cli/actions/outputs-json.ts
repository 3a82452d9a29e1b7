// The outputs of a circuit for machines, as `check` and `prove` print them.
import { renderTensor } from '../../inputs/render.ts';
import type { OutputReport } from '../run.ts';

export function outputsJson(outputs: readonly OutputReport[]): Record<string, unknown> {
  return Object.fromEntries(
    outputs.map(({ port, integers, error }) => [
      port.name,
      {
        value: renderTensor(port.type, integers),
        ...(error
          ? {
              error: {
                observed: error.observed,
                bound: Number.isFinite(error.bound) ? error.bound : null,
                restsOn: error.restsOn,
              },
            }
          : {}),
      },
    ]),
  );
}
