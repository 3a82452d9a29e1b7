// What the public values commit to: secret inputs that are bound, and digests that a dictionary could open.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import { isOpaque } from '../ir/format.ts';
import { declaredInput, portsOf } from '../program/ports.ts';
import { printLine } from '../program/print.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';

/** Secret inputs, by name, that an output shows or commits to: a prover cannot change them afterwards. */
export function boundInputs(program: Program): ReadonlySet<string> {
  const carried = new Set<number>();
  for (const { direction, line } of portsOf(program)) if (direction === 'output') carried.add(line);
  for (let number = program.lines.length - 1; number >= 0; number--) {
    const line = program.lines[number]!;
    if (carried.has(number) && findOp(line.op).commitment?.carries)
      line.arguments.forEach((argument) => carried.add(argument));
  }
  const bound = program.lines.flatMap((line, number) => {
    const input = declaredInput(line);
    return input?.visibility === 'secret' && carried.has(number) ? [input.name] : [];
  });
  return new Set(bound);
}

/** Secret inputs that each line depends on, by name. */
export function secretsOf(program: Program): readonly ReadonlySet<string>[] {
  const secrets: Set<string>[] = [];
  for (const line of program.lines) {
    const input = declaredInput(line);
    const own = input?.visibility === 'secret' ? [input.name] : [];
    secrets.push(new Set([...own, ...line.arguments.flatMap((arg) => [...secrets[arg]!])]));
  }
  return secrets;
}

/** Random bits that nobody guesses. */
const saltBits = 128;

/**
 * Digests in the open of secret numbers without a secret field element beside them, or words with enough random bits: whoever guesses the numbers, and
 * quantized weights can be guessed, has opened the commitment.
 */
export function findUnsalted(program: Program): Diagnostic[] {
  const secrets = secretsOf(program);
  const salts = new Set<string>();
  for (const { name, visibility, direction, type } of portsOf(program))
    if (direction === 'input' && visibility === 'secret' && isOpaque(type.format)) salts.add(name);
  for (const line of program.lines) {
    if ((findOp(line.op).commitment?.unseenBits?.(callOf(program, line)) ?? 0) < saltBits) continue;
    const words = program.lines[line.arguments[0]!]!;
    const input = declaredInput(words);
    if (input?.visibility === 'secret') salts.add(input.name);
  }
  return portsOf(program).flatMap(({ direction, line, name, type }) => {
    const names = [...secrets[line]!];
    const digest = type.format.kind === 'digest' || type.format.kind === 'field';
    if (direction !== 'output' || !digest || names.length === 0) return [];
    if (names.some((each) => salts.has(each))) return [];
    const { where } = program.lines[line]!;
    return [
      {
        code: 'unsalted-commitment',
        message: `the output "${name}" commits to ${names.map((each) => `"${each}"`).join(', ')} without a salt, in \`${printLine(program, line)}\``,
        hint: 'hash a secret, uniform field element with it: commit(values, { salts })',
        ...(where ? { where } : {}),
      },
    ];
  });
}

/**
 * Declared relations over secret inputs that nothing binds: a prover who may choose the coefficients after he knows
 * what is wanted satisfies any relation.
 */
export function findUnboundRelations(program: Program): Diagnostic[] {
  const secrets = secretsOf(program);
  const bound = boundInputs(program);
  return program.lines.flatMap((line, number) => {
    if (findOp(line.op).choice?.relation(callOf(program, line)) === undefined) return [];
    const free = [...secrets[number]!].filter((name) => !bound.has(name));
    if (free.length === 0) return [];
    return [
      {
        code: 'unbound-relation',
        message: `${line.op}: the prover may choose ${free.map((name) => `"${name}"`).join(', ')} to fit the relation: no output commits to it, in \`${printLine(program, number)}\``,
        hint: 'commit to it, commit(values, { salts }).expose(…), so that a verifier can compare it with what was registered; or make it public',
        ...(line.where ? { where: line.where } : {}),
      },
    ];
  });
}
