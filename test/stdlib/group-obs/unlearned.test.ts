// The weights after Group OBS by columns, under the laws that every circuit keeps: they are exactly the rounded, clamped ones.
import { circuitLaws } from '../../../compiler/testing/index.ts';
import { inTier, runs } from '../../tier.ts';
import {
  unlearnedCircuit,
  unlearnedInputs,
  unlearnedSpecification,
  type Lengths,
} from './unlearned.ts';

/** Columns of S and of others; so many blocks. */
const all: readonly (readonly [Lengths, number])[] = [
  [{ masked: [1, 3], others: [1, 1, 2, 3, 3] }, 1],
  [{ masked: [2], others: [2, 4] }, 2],
  [{ masked: [4], others: [1] }, 1],
  [{ masked: [2, 2, 4], others: [4, 4, 4] }, 1],
];

for (const [lengths, blocks] of all.slice(0, inTier({ quick: 1, normal: 2, full: all.length }))) {
  const own = unlearnedCircuit(lengths, blocks);
  circuitLaws(own, {
    inputs: unlearnedInputs,
    spec: unlearnedSpecification(lengths, blocks),
    cost: `costs/${own.name}.json`,
    numRuns: runs(8),
  });
}
