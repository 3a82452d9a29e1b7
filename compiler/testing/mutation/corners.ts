// Witnesses at the ends of everything: inputs near the changed gate, and chosen values, at the ends of their formats, several at
// once. A check that is a little too wide shows only there.
import type { Variable } from '../../constraints/expression.ts';
import { formatInterval, isOpaque } from '../../ir/format.ts';
import { canonical } from '../../numbers/field.ts';
import type { Interval } from '../../numbers/interval.ts';
import { inputsOf } from '../../program/ports.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { Attacker } from '../tamper/attacker.ts';
import { choicesOf, writing } from '../tamper/choice.ts';
import { contradiction } from '../tamper/meaning.ts';
import type { Overrides } from '../tamper/resolver.ts';
import { shuffled } from '../tamper/sample.ts';
import { isSatisfied } from './context.ts';
import { isOriginal } from './dishonest.ts';
import { refill } from './edit.ts';
import { nearVariables } from './near.ts';
import type { Net } from './nets.ts';

/** Runs to begin from, corners of each, and witnesses for one corner. */
const [starts, mostCorners, mostEach] = [3, 24, 6];

export const corners: Net = {
  name: 'corners',
  notices(mutant, { circuit, graph, runs, until }) {
    const near = new Set(nearVariables(graph, mutant));
    for (const { witness } of runs.filter(isSatisfied).slice(0, starts)) {
      const attacker = new Attacker(
        mutant.system,
        refill(mutant, witness),
        (forged) => contradiction(circuit, forged),
        (forged) => isOriginal(mutant, circuit, forged),
      );
      const ends = [
        ...inputEnds(circuit)
          .filter(([variable]) => near.has(variable))
          .map(endsOfInput),
        ...choicesOf(circuit, graph, witness)
          .filter(({ digits }) => digits.some(({ variable }) => near.has(variable)))
          .map((choice) => [choice.format.low, choice.format.high].map((x) => writing(choice, x))),
      ];
      for (let corner = 0; corner < mostCorners && !until?.(); corner++) {
        const overrides: (readonly [Variable, bigint])[] = ends.flatMap((own, i) => {
          // One end, the other, or neither.
          const [which] = shuffled([0, 1, 2], corner * ends.length + i + 1);
          return [...(own[which!] ?? [])];
        });
        if (overrides.length === 0) continue;
        const wrong = attacker.attack(new Map(overrides), mostEach);
        if (wrong !== undefined) return { wrong };
      }
    }
    return undefined;
  },
};

const endsOfInput = ([variable, { low, high }]: readonly [Variable, Interval]): Overrides[] =>
  [low, high].map((end) => new Map([[variable, canonical(end)]]));

function inputEnds({ program, system }: LoweredProgram): (readonly [Variable, Interval])[] {
  return inputsOf(program).flatMap(({ name, type }) => {
    if (isOpaque(type.format)) return [];
    const ends = formatInterval(type.format);
    const { variables } = system.ports.find((port) => port.name === name)!;
    return variables.map((variable) => [variable, ends] as const);
  });
}
