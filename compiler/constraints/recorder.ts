// Collects a constraint system: the sink that the arithmetizer writes to.
import { fromVariable, type Expression, type Variable } from './expression.ts';
import type { Gate } from './gates.ts';
import type { ConstraintSystem, Origin, Port, RecordedGate, Step } from './system.ts';

export class Recorder {
  /** The origin that new gates and steps are given. */
  origin: Origin = { line: 0, element: 0 };

  #variables = 0;
  readonly #ports: Port[] = [];
  readonly #gates: RecordedGate[] = [];
  readonly #steps: Step[] = [];

  variable(): Variable {
    return this.#variables++;
  }

  /** New variables with the rule by which an honest prover fills them. */
  step(count: number, advice: boolean, compute: Step['compute']): Variable[] {
    const outputs = Array.from({ length: count }, () => this.variable());
    this.#steps.push({ outputs, advice, origin: this.origin, compute });
    return outputs;
  }

  gate(gate: Gate, origins: readonly Origin[] = [this.origin]): void {
    this.#gates.push({ gate, origins });
  }

  port(port: Port): Expression[] {
    this.#ports.push(port);
    return port.variables.map(fromVariable);
  }

  finish(): ConstraintSystem {
    return {
      variables: this.#variables,
      ports: this.#ports,
      gates: this.#gates,
      steps: this.#steps,
    };
  }
}
