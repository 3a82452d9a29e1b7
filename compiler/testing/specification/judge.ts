// An accepted witness, held against the specification.
import { fractionOf, isOpaque } from '../../ir/format.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { toReal } from '../../numbers/rounding.ts';
import { mistaken } from '../mistake.ts';
import { falsePremises, restsOnMatrices } from '../premises.ts';
import { answerOf, type Answer } from './answer.ts';
import { roughly, showInputs, showTensors } from './show.ts';
import type { Given, Specification } from './specification.ts';
import { inputsIn, numbersIn, integersIn, outputsOf, type Inputs } from './statement.ts';
import { checkWithin, toleranceOf } from './tolerance.ts';

export class Judge {
  readonly #spec: Specification;
  readonly #hasPremises: boolean;

  /** Throws a Mistake where there is no specification, or where `within` names no output. */
  constructor(
    private readonly circuit: LoweredProgram,
    private readonly given: Given,
  ) {
    const { spec, within } = given;
    if (typeof spec !== 'function')
      mistaken(
        'no-specification',
        `circuit ${circuit.program.name}: the law needs the specification, which is ${typeof spec}`,
        'give the function that the test has: { spec: (inputs, { parameters }) => ({ y: … }) }',
      );
    this.#spec = spec as Specification;
    this.#hasPremises = restsOnMatrices(circuit.program);
    checkWithin(circuit, within);
  }

  /** The outputs for these inputs; undefined where the specification refuses them. */
  answer(inputs: Inputs): readonly Answer[] | undefined {
    return answerOf(this.circuit, this.#spec, inputs);
  }

  /** How an accepted witness disagrees; undefined where it does not, and where its inputs make a premise of a relation false. */
  judge(witness: readonly bigint[]): string | undefined {
    const inputs = inputsIn(this.circuit, witness);
    if (!this.#holds(inputs)) return undefined;
    const answers = this.answer(inputs);
    if (answers === undefined)
      return `accepted, but the specification refuses these inputs${this.#shown(inputs, witness)}`;
    for (const answer of answers) {
      const wrong = this.#compare(answer, witness);
      if (wrong) return `${wrong}${this.#shown(inputs, witness, answers)}`;
    }
    return undefined;
  }

  /** Whether a witness agrees whatever its hashes are: they are not computed yet. */
  agreesBeforeHashes(witness: readonly bigint[]): boolean {
    const inputs = inputsIn(this.circuit, witness);
    if (!this.#holds(inputs)) return true;
    const answers = this.answer(inputs) ?? [undefined];
    return answers.every((each) => each?.line !== undefined && !this.#compare(each, witness));
  }

  /** Assumptions hold wherever a circuit is used: inputs that break one say nothing. Other laws test the inputs against the assumptions. */
  #holds({ integers }: Inputs): boolean {
    if (!this.#hasPremises) return true;
    return falsePremises(this.circuit, new Map(Object.entries(integers))).length === 0;
  }

  #compare(answer: Answer, witness: readonly bigint[]): string | undefined {
    const { port, values, line } = answer;
    const { name, type } = port;
    const committed = isOpaque(type.format) && line !== undefined;
    const accepted = this.#accepted(answer, witness);
    const tolerance = typeof values[0] === 'number' ? this.#tolerance(name, line!) : [];
    const fraction =
      line === undefined ? 0 : fractionOf(this.circuit.program.lines[line]!.type.format);
    for (const [element, expected] of values.entries()) {
      const integer = accepted[element]!;
      const what = `output "${name}", element ${element}${committed ? ' of what it commits to' : ''}`;
      if (typeof expected === 'bigint') {
        if (integer !== expected)
          return `${what}: the integer ${integer} is accepted, the specification says ${expected}`;
        continue;
      }
      const real = toReal(integer, fraction);
      const distance = Math.abs(real - expected);
      if (!(distance <= tolerance[element]!))
        return `${what}: ${real} is accepted, the specification says ${expected}: ${roughly(distance)} apart, and ${roughly(tolerance[element]!)} is allowed`;
    }
    return undefined;
  }

  #accepted({ port, line }: Answer, witness: readonly bigint[]): bigint[] {
    return isOpaque(port.type.format) && line !== undefined
      ? numbersIn(this.circuit, line, witness)
      : integersIn(this.circuit, port, witness);
  }

  readonly #tolerances = new Map<string, readonly number[]>();

  #tolerance(name: string, line: number): readonly number[] {
    const found =
      this.#tolerances.get(name) ?? toleranceOf(this.circuit, name, line, this.given.within);
    this.#tolerances.set(name, found);
    return found;
  }

  /** Inputs, what is accepted and what is specified, each on a line of its own. */
  #shown(inputs: Inputs, witness: readonly bigint[], answers: readonly Answer[] = []): string {
    const lines = [`inputs: ${showInputs(inputs)}`];
    const specified = new Map(answers.map((answer) => [answer.port.name, answer]));
    const outputs = outputsOf(this.circuit.program).flatMap((port) => {
      const answer = specified.get(port.name) ?? {
        port,
        values: [],
        ...(isOpaque(port.type.format) ? {} : { line: port.line }),
      };
      const { line } = answer;
      if (line === undefined) return [];
      const integers = this.#accepted(answer, witness);
      const exact = typeof answer.values[0] === 'bigint';
      const fraction = fractionOf(this.circuit.program.lines[line]!.type.format);
      return [[port.name, exact ? integers : integers.map((x) => toReal(x, fraction))] as const];
    });
    if (outputs.length > 0) lines.push(`accepted: ${showTensors(outputs)}`);
    if (answers.length > 0)
      lines.push(
        `specified: ${showTensors(answers.map(({ port, values }) => [port.name, values]))}`,
      );
    return lines.map((line) => `\n  ${line}`).join('');
  }
}
