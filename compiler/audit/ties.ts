// Which tensors the constraints relate, and which they do not. A specification that is not written down cannot be checked, but a
// reader sees here that a mask, say, is tied to nothing, or only to a value that the prover chooses.
import type { BoundElements } from '../analyses/commitments/unbound.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import { isAssertion, speaks } from '../ops/op.ts';
import { declaredInput, declaredOutput } from '../program/ports.ts';
import { describeLine } from '../program/print.ts';

export interface Ties {
  /** Inputs and outputs, by name, that assertions and outputs relate. No constraint relates two groups. */
  readonly groups: readonly (readonly string[])[];
  /** The same where an assertion that a prover meets by a choice relates nothing. */
  readonly withoutChoice: readonly (readonly string[])[];
  /** Assertions that a prover meets by a choice: they depend on secret inputs that no public value binds. */
  readonly byChoice: readonly { readonly assertion: string; readonly chosen: readonly string[] }[];
}

export function tiesOf(program: Program, bound: BoundElements): Ties {
  const inputs = inputsByLine(program);
  const [groups, withoutChoice] = [new Groups(), new Groups()];
  const byChoice: { assertion: string; chosen: string[] }[] = [];
  program.lines.forEach((line, number) => {
    const op = findOp(line.op);
    const input = declaredInput(line);
    if (input) for (const each of [groups, withoutChoice]) each.join([input.name]);
    if (!speaks(op)) return;
    const output = declaredOutput(line);
    const names = [...new Set(line.arguments.flatMap((argument) => [...inputs[argument]!]))];
    const chosen = names.filter((name) => bound.get(name)?.every((isBound) => !isBound));
    const related = output === undefined ? names : [output, ...names];
    groups.join(related);
    if (chosen.length === 0 || output !== undefined) withoutChoice.join(related);
    else if (isAssertion(op)) byChoice.push({ assertion: describeLine(program, number), chosen });
  });
  const chosen = new Set(byChoice.flatMap((each) => each.chosen));
  const others = withoutChoice.list().filter((group) => group.some((name) => !chosen.has(name)));
  return { groups: groups.list(), withoutChoice: others, byChoice };
}

/** The names of the inputs that each line depends on. */
function inputsByLine(program: Program): readonly ReadonlySet<string>[] {
  const inputs: Set<string>[] = [];
  for (const line of program.lines) {
    const own = declaredInput(line);
    const before = line.arguments.flatMap((argument) => [...inputs[argument]!]);
    inputs.push(new Set(own ? [own.name, ...before] : before));
  }
  return inputs;
}

/** Disjoint sets of names, in the order in which they were met. */
class Groups {
  #sets: Set<string>[] = [];

  join(names: readonly string[]): void {
    if (names.length === 0) return;
    const [met, others] = [[] as Set<string>[], [] as Set<string>[]];
    for (const set of this.#sets) (names.some((name) => set.has(name)) ? met : others).push(set);
    const joined = new Set([...met.flatMap((set) => [...set]), ...names]);
    const at = met[0] ? this.#sets.indexOf(met[0]) : this.#sets.length;
    this.#sets = [...others.slice(0, at), joined, ...others.slice(at)];
  }

  list(): string[][] {
    return this.#sets.map((set) => [...set]);
  }
}
