// One attack: some values are written, everything else is solved anew, and when a gate refuses, the values behind it
// are changed, too, until nothing refuses or nothing is left to try.
import { checkGates, gatesOn } from '../../constraints/checker.ts';
import type { Variable } from '../../constraints/expression.ts';
import { graphOf, type Graph } from './graph.ts';
import { repairs } from './repair.ts';
import { Resolver, type Overrides } from './resolver.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';

/** How many gates in a row may be repaired, and how many witnesses one attack may try. */
const [deepest, widest] = [4, 60];

export class Attacker {
  readonly graph: Graph;
  /** Witnesses tried, and those refused. */
  tried = 0;
  refused = 0;
  /** Witnesses only asked after. */
  probed = 0;
  readonly #resolver: Resolver;
  /** Equations that may be solved. */
  readonly #equations = { left: 24 };

  constructor(
    private readonly system: ConstraintSystem,
    /** A satisfying witness. */
    readonly honest: readonly bigint[],
    /** Is told of every accepted witness; what it returns ends the attack. */
    private readonly judge: (witness: readonly bigint[]) => string | undefined,
    /** True of witnesses, before their hashes are worked out, that need not be judged. */
    private readonly settled: (witness: readonly bigint[]) => boolean = () => false,
    private readonly sameInputs = false,
  ) {
    this.graph = graphOf(system, honest);
    this.#resolver = new Resolver(this.graph, honest);
  }

  /** What `judge` says of the first accepted witness that it objects to, of about `most`. */
  attack(overrides: Overrides, most = widest): string | undefined {
    const end = this.tried + most;
    return (
      this.#alone(overrides) ?? this.#derived(overrides) ?? this.#search(overrides, deepest, end)
    );
  }

  #settled = false;

  /** The witness with these values written and all else solved anew, if it is accepted; valid until the next one. */
  solved(overrides: Overrides): readonly bigint[] | undefined {
    this.probed++;
    return this.#failure(overrides) === undefined ? this.#resolver.values : undefined;
  }

  /**
   * The honest witness with these values written and all that follows from them solved anew, while the rest of the
   * advice stays: what the gates are off by is then how they move with the values. Valid until the next witness.
   */
  respond(overrides: Overrides): { changed: ReadonlySet<Variable>; values: readonly bigint[] } {
    const changed = this.#resolver.resolve(overrides, { hashes: false, advice: false });
    return { changed, values: this.#resolver.values };
  }

  /** The values are written, and nothing else changes. */
  #alone(overrides: Overrides): string | undefined {
    const witness = this.#resolver.write(overrides);
    const failure = checkGates(this.system, witness, gatesOn(this.system, overrides.keys()));
    this.#settled = failure === undefined && this.settled(witness);
    return this.#verdict(failure?.gate);
  }

  /** Solves again the values that follow by gates; the rest of the advice stays, whatever its hints would say. */
  #derived(overrides: Overrides): string | undefined {
    const changed = this.#resolver.resolve(overrides, { hashes: true, advice: false });
    if (changed.size === overrides.size) return undefined;
    const failure = checkGates(this.system, this.#resolver.values, gatesOn(this.system, changed));
    this.#settled = failure === undefined && this.settled(this.#resolver.values);
    return this.#verdict(failure?.gate);
  }

  #search(overrides: Overrides, depth: number, end: number): string | undefined {
    const failure = this.#failure(overrides);
    const verdict = this.#verdict(failure);
    if (failure === undefined || depth === 0 || this.tried >= end || verdict) return verdict;
    const { gate } = this.system.gates[failure]!;
    const held = (variable: Variable): boolean =>
      overrides.has(variable) || (this.sameInputs && this.graph.stepOf[variable] === undefined);
    // Attempts are found one by one, while the values change.
    const values = this.#resolver.values.slice();
    for (const attempt of repairs(this.graph, values, this.honest, gate, held, this.#equations)) {
      const found = this.#search(new Map([...overrides, ...attempt]), depth - 1, end);
      if (found || this.tried >= end) return found;
    }
    return undefined;
  }

  #verdict(failure: number | undefined): string | undefined {
    this.tried++;
    if (failure !== undefined) this.refused++;
    else if (!this.#settled) return this.judge(this.#resolver.values);
    return undefined;
  }

  /** The first gate that refuses; hashes are worked out when nothing else does. */
  #failure(overrides: Overrides): number | undefined {
    for (const hashes of [false, true]) {
      const changed = this.#resolver.resolve(overrides, { hashes });
      const touched = gatesOn(this.system, changed);
      const gates = hashes ? touched : touched.filter((number) => !this.#isHash(number));
      const failure = checkGates(this.system, this.#resolver.values, gates);
      if (failure) return failure.gate;
      this.#settled = this.settled(this.#resolver.values);
      if (this.#settled || touched.length === gates.length) return undefined;
    }
    return undefined;
  }

  #isHash(number: number): boolean {
    return this.system.gates[number]!.gate.kind === 'poseidon';
  }
}
