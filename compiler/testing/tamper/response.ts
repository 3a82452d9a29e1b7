// How the gates move with the values of one line, the other advice held: exact differences of what they are off by.
import type { Variable } from '../../constraints/expression.ts';
import { gatesOn } from '../../constraints/checker.ts';
import type { RecordedGate } from '../../constraints/system.ts';
import { centered } from '../../numbers/field.ts';
import type { Attacker } from './attacker.ts';
import { writing, type Choice } from './choice.ts';

/** By gate (and limb of a pooled check) how much more it is off by. */
export type Response = ReadonlyMap<string, bigint>;

/** When `by` is added to the value. Empty where the digits cannot hold that. */
export function responseTo(attacker: Attacker, choice: Choice, by: bigint): Response {
  const overrides = writing(choice, choice.honest + by);
  const response = new Map<string, bigint>();
  if (!overrides) return response;
  const { system } = attacker.graph;
  const { changed, values } = attacker.respond(overrides);
  for (const number of gatesOn(system, changed))
    for (const [part, off] of excesses(system.gates[number]!, values, attacker.honest))
      if (off !== 0n) response.set(`${number} ${part}`, off);
  return response;
}

/** What a gate is off by: an equation against 0, a check of one variable against its honest value. */
function excesses(
  { gate }: RecordedGate,
  values: readonly bigint[],
  honest: readonly bigint[],
): (readonly [part: number, off: bigint])[] {
  const at = (variable: Variable): bigint => values[variable]!;
  const moved = (variable: Variable): bigint => centered(at(variable) - honest[variable]!);
  switch (gate.kind) {
    case 'product':
      return [[0, centered(gate.scale * at(gate.left) * at(gate.right) - at(gate.out))]];
    case 'linear': {
      const sum = gate.terms.reduce((s, t) => s + t.coefficient * at(t.variable), gate.constant);
      return [[0, centered(sum - at(gate.out))]];
    }
    case 'equal':
      return [[0, centered(at(gate.left) - at(gate.right))]];
    case 'constant':
      return [[0, centered(at(gate.variable) - gate.value)]];
    case 'boolean':
      return [[0, moved(gate.variable)]];
    case 'range12':
      return gate.limbs.map((limb, part) => [part, moved(limb)]);
    case 'range64':
      return [[0, moved(gate.value)]];
    case 'poseidon':
      return [];
  }
}

/** The gates of a response that no other advice can make up for: equations between what is computed. */
export function isRigid({ graph }: Attacker, key: string): boolean {
  const { gate } = graph.system.gates[Number(key.split(' ')[0])]!;
  const advised = (variable: Variable): boolean => {
    const step = graph.stepOf[variable];
    return step !== undefined && graph.system.steps[step]!.advice;
  };
  switch (gate.kind) {
    case 'product':
    case 'constant':
      return true;
    case 'linear':
      return ![...gate.terms.map(({ variable }) => variable), gate.out].some(advised);
    case 'equal':
      return !advised(gate.left) && !advised(gate.right);
    default:
      return false;
  }
}

/**
 * Where else a gate that holds at the value holds: of E(t) = a t² + b t, from E(1) and E(2), the other root −b / a, or the
 * integers beside it.
 */
export function mirrors(attacker: Attacker, choice: Choice): bigint[] {
  const [once, twice] = [responseTo(attacker, choice, 1n), responseTo(attacker, choice, 2n)];
  const found = new Set<bigint>();
  for (const [key, first] of once) {
    const second = twice.get(key) ?? 0n;
    const [above, below] = [second - 4n * first, second - 2n * first];
    if (below === 0n || above === 0n) continue;
    const root = above / below;
    const near =
      above % below === 0n ? [root] : [root, above > 0n === below > 0n ? root + 1n : root - 1n];
    for (const by of near) found.add(choice.honest + by);
  }
  found.delete(choice.honest);
  return [...found].filter((x) => x >= choice.format.low && x <= choice.format.high).slice(0, most);
}

const most = 6;
