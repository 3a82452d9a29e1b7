// circuit(): names a transform, its static parameters, and how it is built.
import { fail, LetheError, type Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import { findUnusedInputs } from '../compiler/program/unused.ts';
import type { WorkLimit } from '../compiler/program/work.ts';
import { ProgramBuilder } from '../compiler/program/builder.ts';
import { bit, fractionOf, isOpaque, type Format } from '../compiler/ir/format.ts';
import { isOpen, refuseOpen, type Chooser, type OpenFormat } from '../compiler/ir/open.ts';
import type { Attributes, Program } from '../compiler/ir/program.ts';
import { verify } from '../compiler/program/verify.ts';
import { findHint } from '../compiler/ops/shared/hints.ts';
import type { Shape } from '../compiler/ir/shape.ts';
import { toInteger } from '../compiler/numbers/rounding.ts';
import { keepWritten, type ConstantOptions } from './constants.ts';
import { rootWith, type Equation } from './roots.ts';
import { refuse, requireFormat, requireList, requireName, writeFormat } from './slips.ts';
import { authorLine, located } from './source-line.ts';
import { requireTensor, Tensor } from './tensor.ts';

/** Static whole numbers, such as sizes, that a circuit is built for. */
export type Parameters = Readonly<Record<string, number>>;

/** Bits of open choices, by name. */
export type Pins = Readonly<Record<string, number>>;

/** Marks circuits, of any copy of the library. */
export const brand = Symbol.for('lethe.circuit');

export interface InputOptions {
  /**
   * The numbers are whole, or quantized already: those that the format does not hold exactly are refused where inputs are
   * read, and error bounds count nothing for rounding. The circuit is the same.
   */
  readonly exact?: boolean;
}

/** What the author's build function is given. */
export class CircuitBuilder {
  constructor(private readonly builder: ProgramBuilder) {}

  /** An input that only the prover knows, range-checked into its format. */
  secret(
    name: string,
    format: Format | OpenFormat,
    shape: Shape = [],
    options: InputOptions = {},
  ): Tensor {
    return this.input(name, 'secret', format, shape, options);
  }

  /** An input that the verifier knows, range-checked into its format. */
  public(
    name: string,
    format: Format | OpenFormat,
    shape: Shape = [],
    options: InputOptions = {},
  ): Tensor {
    return this.input(name, 'public', format, shape, options);
  }

  /** Real numbers (one fills the shape), rounded to the format when the circuit is built. */
  constant(
    value: number | readonly number[],
    declared: Format | OpenFormat,
    shape: Shape = [],
    options: ConstantOptions = {},
  ): Tensor {
    const reals: readonly number[] = typeof value === 'number' ? [value] : value;
    requireList(
      'constant',
      'values',
      reals,
      () => 'c.constant([1, 2, 3, 4], format, [2, 2]): the values are one flat list',
    );
    requireFormat('constant', declared, (each) => `c.constant(values, ${each}, shape)`);
    const own = writeFormat(declared);
    requireList('constant', 'a shape', shape, (list) => `c.constant(values, ${own}, ${list})`);
    const format = this.builder.formatOf(declared, undefined, authorLine());
    const fraction = fractionOf(format);
    const values = located(() => reals.map((real) => toInteger(real, fraction)));
    const kept = isOpaque(format) ? {} : keepWritten(reals, values, fraction, options);
    return this.line('constant', [], { values, ...kept, format, shape });
  }

  /**
   * A tensor that the prover chooses, computed by a named hint (`defineHint`) from the arguments and range-checked
   * into its format. Nothing else determines it: the author owes assertions that do.
   *
   * @param options.within the author's claim, in real units: every value that his assertions accept is at most that far
   *   from the hint's. Error bounds rest on it. Where the assertions and the code of the hint do not show it, it is an assumption,
   *   `HINT.within`. Without a claim, the assertions must force the value exactly
   */
  advice(
    hint: string,
    args: readonly Tensor[],
    declared: Format | OpenFormat,
    shape: Shape = [],
    { within }: { readonly within?: number } = {},
  ): Tensor {
    requireName('advice', hint, (text) => `c.advice(${text}, [x], format, shape)`);
    if (!Array.isArray(args))
      refuse('advice expects a list of tensors', args, `c.advice('${hint}', [x], format, shape)`);
    for (const each of args) requireTensor('advice', each);
    requireFormat('advice', declared, (format) => `c.advice('${hint}', [x], ${format}, shape)`);
    requireList('advice', 'a shape', shape, (list) => `c.advice('${hint}', [x], format, ${list})`);
    located(() => findHint(hint));
    const format = this.builder.formatOf(declared, undefined, authorLine());
    const claim = within === undefined ? {} : { within };
    return this.line('advice', args, { hint, format, shape, ...claim });
  }

  /**
   * A tensor that an equation defines: x with F(x) = 0, element by element. The compiler shows that there is one root in the box,
   * finds the witness by bisection, and derives the error bound from F. Throws `no-root` where the slope of F can be 0 in the
   * box, or F may not change its sign there.
   */
  root(equation: Equation): Tensor {
    requireFormat(
      'root',
      equation?.format,
      (format) => `c.root({ of: (x) => F, format: ${format} })`,
    );
    return rootWith(this.constant(1, bit), equation);
  }

  /**
   * Accepts an assumption: what the circuit rests on and its constraints do not prove. `lethe audit` names those that are
   * open; a name that it does not know is an error there.
   *
   * @param options.because why it holds wherever the circuit is used; every report prints it
   */
  assume(name: string, options: { readonly because: string }): void {
    const because: unknown = options?.because;
    if (typeof because !== 'string')
      return refuse(
        'assume expects a reason',
        because,
        `c.assume('${name}', { because: 'why it holds wherever the circuit is used' })`,
      );
    this.builder.append('assume', [], { name, reason: because }, authorLine());
  }

  private input(
    name: string,
    visibility: 'public' | 'secret',
    declared: Format | OpenFormat,
    shape: Shape,
    options: InputOptions,
  ): Tensor {
    requireName(visibility, name, (text) => `c.${visibility}(${text}, format, shape)`);
    const start = `c.${visibility}('${name}', `;
    const list = Array.isArray(declared) ? `[${declared.join(', ')}]` : 'shape';
    requireFormat(visibility, declared, (format) => `${start}${format}, ${list})`);
    const own = writeFormat(declared);
    requireList(visibility, 'a shape', shape, (given) => `${start}${own}, ${given})`);
    if (typeof options !== 'object' || options === null)
      refuse(`${visibility} expects options`, options, `${start}${own}, shape, { exact: true })`);
    const { exact = false } = options;
    if (exact && isOpen(declared))
      fail(
        'open-exact',
        `the exact input "${name}" has an open format: whether a number is exact depends on the format`,
        'give it a format, q(24, 20), or leave `exact` out',
        authorLine(),
      );
    const format = this.builder.formatOf(declared, name, authorLine());
    return this.line('input', [], {
      name,
      visibility,
      ...(exact ? { exact } : {}),
      format,
      shape,
    });
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
    private readonly pinned: Pins = {},
  ) {}

  /**
   * Builds the program, with some parameters replaced. Throws a LetheError for an unknown or non-integer parameter,
   * for an input that nothing depends on, for a pin of nothing, and for whatever the build function gets wrong.
   * `choose` decides the bits of open choices that are not pinned; by default they are refused (`open-choice`). `limit` says how many
   * gates it may ask for (`too-much-work`).
   */
  build(overrides: Parameters = {}, choose: Chooser = refuseOpen, limit: WorkLimit = {}): Program {
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
    const pinned: Chooser = (open) =>
      Object.hasOwn(this.pinned, open.name) ? this.pinned[open.name]! : choose(open);
    const builder = new ProgramBuilder(pinned, limit);
    this.describe(new CircuitBuilder(builder), parameters);
    const program = verify(builder.finish(this.name, parameters), 'building');
    const findings: Diagnostic[] = [...findUnusedInputs(program), ...this.#uselessPins(program)];
    if (findings.length > 0) throw new LetheError(findings);
    return program;
  }

  #uselessPins({ choices = [] }: Program): Diagnostic[] {
    const known = choices.map(({ name }) => name);
    return Object.keys(this.pinned)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        code: 'unknown-pin',
        message: `circuit ${this.name} pins "${name}", which it does not leave open`,
        hint: `it leaves open: ${known.join(', ') || 'nothing'}`,
      }));
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
 * @param options `pinned`: bits of choices that would otherwise be searched, as `lethe formats` prints them
 */
export function circuit<P extends Parameters>(
  name: string,
  parameters: P,
  build: (c: CircuitBuilder, parameters: P) => void,
  { pinned = {} }: { readonly pinned?: Pins } = {},
): Circuit<P> {
  requireName('circuit', name, (text) => `circuit(${text}, {}, (c) => { … })`);
  if (typeof build !== 'function')
    refuse('circuit expects a build function', build, `circuit('${name}', {}, (c) => { … })`);
  return new Circuit(name, parameters, build, pinned);
}

/** True for circuits of any copy of the library. */
export function isCircuit(value: unknown): value is AnyCircuit {
  return typeof value === 'object' && value !== null && brand in value;
}
