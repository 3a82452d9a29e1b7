// circuit(): names a transform, its static parameters, and how it is built.
import { fail, LetheError, type Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { findUnusedInputs } from '../compiler/analyses/unused.ts';
import { ProgramBuilder } from '../compiler/ir/builder.ts';
import { fractionOf, type Format } from '../compiler/ir/format.ts';
import type { Attributes, Program } from '../compiler/ir/program.ts';
import { verify } from '../compiler/ir/verify.ts';
import type { Shape } from '../compiler/ir/shape.ts';
import { toInteger } from '../compiler/numbers/rounding.ts';
import { authorLine, located } from './source-line.ts';
import { Tensor } from './tensor.ts';

/** Static whole numbers, such as sizes, that a circuit is built for. */
export type Parameters = Readonly<Record<string, number>>;

const brand = Symbol.for('lethe.circuit');

/** What the author's build function is given. */
export class CircuitBuilder {
  constructor(private readonly builder: ProgramBuilder) {}

  /** An input that only the prover knows, range-checked into its format. */
  secret(name: string, format: Format, shape: Shape = []): Tensor {
    return this.line('input', [], { name, visibility: 'secret', format, shape });
  }

  /** An input that the verifier knows, range-checked into its format. */
  public(name: string, format: Format, shape: Shape = []): Tensor {
    return this.line('input', [], { name, visibility: 'public', format, shape });
  }

  /** Real numbers (one fills the shape), rounded to the format when the circuit is built. */
  constant(value: number | readonly number[], format: Format, shape: Shape = []): Tensor {
    const reals = typeof value === 'number' ? [value] : value;
    const values = located(() => reals.map((real) => toInteger(real, fractionOf(format))));
    return this.line('constant', [], { values, format, shape });
  }

  /**
   * A tensor that the prover chooses, computed by a named hint (`defineHint`) from the arguments and range-checked
   * into its format. Nothing else determines it: the author owes assertions that do.
   */
  advice(hint: string, args: readonly Tensor[], format: Format, shape: Shape = []): Tensor {
    return this.line('advice', args, { hint, format, shape });
  }

  private line(op: string, args: readonly Tensor[], attributes: Attributes): Tensor {
    const [first, ...others] = args;
    if (first) return first.apply(op, others, attributes);
    return new Tensor(this.builder, this.builder.append(op, [], attributes, authorLine()));
  }
}

/** A circuit for every choice of its parameters. */
export class Circuit<P extends Parameters = Parameters> {
  readonly [brand] = true;

  constructor(
    readonly name: string,
    readonly parameters: P,
    private readonly describe: (c: CircuitBuilder, parameters: P) => void,
  ) {}

  /**
   * Builds the program, with some parameters replaced. Throws a LetheError for an unknown or non-integer parameter,
   * for an input that nothing depends on, and for whatever the build function gets wrong.
   */
  build(overrides: Parameters = {}): Program {
    const parameters: P = { ...this.parameters, ...overrides };
    for (const key of Object.keys(overrides)) {
      const known = Object.keys(this.parameters).join(', ') || 'none';
      if (!Object.hasOwn(this.parameters, key))
        fail(
          'unknown-parameter',
          `circuit ${this.name} has no parameter "${key}"`,
          `it has: ${known}`,
        );
    }
    for (const [key, value] of Object.entries(parameters))
      if (!Number.isSafeInteger(value))
        fail(
          'bad-parameter',
          `parameter ${key} of circuit ${this.name}: ${value} is not a whole number`,
        );
    const builder = new ProgramBuilder();
    this.describe(new CircuitBuilder(builder), parameters);
    const program = verify(builder.finish(this.name, parameters), 'building');
    const findings: Diagnostic[] = findUnusedInputs(program);
    if (findings.length > 0) throw new LetheError(findings);
    return program;
  }
}

/** A circuit whatever its parameters are called. */
export type AnyCircuit = Pick<Circuit, 'name' | 'parameters' | 'build'>;

/**
 * Describes a circuit.
 *
 * @param name as it appears in proofs and messages
 * @param parameters static whole numbers with their default values
 * @param build declares inputs, computes, asserts and exposes; runs once for each choice of parameters
 */
export function circuit<P extends Parameters>(
  name: string,
  parameters: P,
  build: (c: CircuitBuilder, parameters: P) => void,
): Circuit<P> {
  return new Circuit(name, parameters, build);
}

/** True for circuits of any copy of the library. */
export function isCircuit(value: unknown): value is AnyCircuit {
  return typeof value === 'object' && value !== null && brand in value;
}
