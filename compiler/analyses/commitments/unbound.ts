// Secret inputs of which the public values bind too little: a prover who may choose the coefficients of a relation after he
// knows what is wanted satisfies any relation.
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Program } from '../../ir/program.ts';
import { indexAt, renderShape } from '../../ir/shape.ts';
import { findOp } from '../../ops/index.ts';
import { inputsOf } from '../../program/ports.ts';

/** By secret input, whether the public values bind each element. */
export type BoundElements = ReadonlyMap<string, readonly boolean[]>;

export interface UnboundOperand {
  /** The name of a secret input. */
  readonly input: string;
  /** The first line with a relation that depends on it. */
  readonly line: number;
  readonly says: string;
  readonly cure: string;
}

/** Operands of relations, the lines `relations`, that nothing binds, each once. */
export function unboundOperands(
  program: Program,
  bound: BoundElements,
  relations: Iterable<number>,
): UnboundOperand[] {
  const secrets = secretsOf(program);
  const found = new Map<string, UnboundOperand>();
  for (const line of relations)
    for (const input of secrets[line]!) {
      const elements = bound.get(input)!;
      if (found.has(input) || elements.every(Boolean)) continue;
      const op = program.lines[line]!.op;
      const part = elements.some(Boolean) ? `all of "${input}"` : `"${input}"`;
      const says = `the prover does not choose ${part} to fit the relation of \`${op}\`: no public value binds it`;
      const cure = 'commit to it, commit(values, { salts }).expose(…), or make it public';
      found.set(input, { input, line, says, cure });
    }
  return [...found.values()];
}

/** Secret inputs of which some elements are bound and others are not: more likely a mistake than a wish. */
export function findPartlyBound(program: Program, bound: BoundElements): Diagnostic[] {
  return inputsOf(program).flatMap(({ name, type, line }) => {
    const elements = bound.get(name) ?? [];
    const free = elements.flatMap((isBound, i) => (isBound ? [] : [i]));
    if (free.length === 0 || free.length === elements.length) return [];
    const { where } = program.lines[line]!;
    return [
      {
        code: 'partly-committed',
        message: `the public values bind ${elements.length - free.length} of the ${elements.length} elements of "${name}"; the prover may choose the others, ${renderShape(indexAt(type.shape, free[0]!))} among them`,
        hint: 'commit to the whole tensor: commit(values, { salts }).expose(…)',
        ...(where ? { where } : {}),
      },
    ];
  });
}

/** Secret inputs that each line depends on, by name. */
export function secretsOf(program: Program): readonly ReadonlySet<string>[] {
  const secrets: Set<string>[] = [];
  for (const line of program.lines) {
    const input = findOp(line.op).port?.input?.(line.attributes);
    const own = input?.visibility === 'secret' ? [input.name] : [];
    secrets.push(new Set([...own, ...line.arguments.flatMap((arg) => [...secrets[arg]!])]));
  }
  return secrets;
}
