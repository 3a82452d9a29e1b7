// Metamorphic laws: a program written in another way that means the same must have the same outputs and accept the
// same inputs. The rewritings go through the compiler's own ops, so they try how ops fit together.
import { checkWitness } from '../constraints/checker.ts';
import { publicVariables } from '../constraints/system.ts';
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { ProgramBuilder } from '../program/builder.ts';
import { numeric } from '../ir/format.ts';
import { declaredInput, portsOf } from '../program/ports.ts';
import { renderType, type Attributes, type Line, type Program } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import { lower, type LoweredProgram } from '../meanings/circuit.ts';
import { findOp } from '../ops/index.ts';
import { honestWitness } from './witness.ts';

export interface Rewriting {
  readonly name: string;
  readonly rewrite: (program: Program) => Program;
}

type Append = (op: string, args: readonly number[], attributes?: Attributes) => number;

/** Another way to compute a line from its arguments; undefined where it does not apply. */
type Rule = (
  line: Line,
  args: readonly number[],
  append: Append,
  program: Program,
) => number | undefined;

/** Every line by the rule, where that gives a value of the same type, and as it was elsewhere. */
function rewriteLines(program: Program, rule: Rule): Program {
  const names = new Map<number, number>();
  let builder = new ProgramBuilder();
  const done: (readonly [string, readonly number[], Attributes])[] = [];
  const append: Append = (op, args, attributes = {}) => {
    const number = builder.append(op, args, attributes);
    done.push([op, args, attributes]);
    return number;
  };
  program.lines.forEach((line, number) => {
    const args = line.arguments.map((argument) => names.get(argument)!);
    const before = done.length;
    const other = attempt(() => rule(line, args, append, program));
    if (other !== undefined && renderType(builder.typeOf(other)) === renderType(line.type))
      return void names.set(number, other);
    // What the rule began is taken back.
    if (done.length > before) {
      done.length = before;
      builder = new ProgramBuilder();
      done.forEach((each) => builder.append(...each));
    }
    names.set(number, append(line.op, args, line.attributes));
  });
  return builder.finish(program.name, program.parameters);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

/** Σ over an axis in two halves. */
const splitSums: Rule = (line, args, append, program) => {
  if (line.op === 'reduce-sum') {
    const axis = line.attributes['axis'] as number;
    return inHalves(program.lines[line.arguments[0]!]!.type.shape[axis]!, (start, end) =>
      append('reduce-sum', [append('slice', args, { axis, start, end })], { axis }),
    );
  }
  if (line.op !== 'contract') return undefined;
  const subscripts = line.attributes['subscripts'] as string;
  const [left, right, out] = subscripts.split(/,|->/) as [string, string, string];
  const letter = [...left].find(
    (each) => !out.includes(each) && right.includes(each) && once(left, each) && once(right, each),
  );
  if (letter === undefined) return undefined;
  const [a, b] = [left.indexOf(letter), right.indexOf(letter)];
  return inHalves(program.lines[line.arguments[0]!]!.type.shape[a]!, (start, end) =>
    append(
      'contract',
      [
        append('slice', [args[0]!], { axis: a, start, end }),
        append('slice', [args[1]!], { axis: b, start, end }),
      ],
      { subscripts },
    ),
  );

  function inHalves(length: number, part: (start: number, end: number) => number) {
    const middle = length >> 1;
    if (middle === 0) return undefined;
    return append('add', [part(0, middle), part(middle, length)]);
  }
};

const once = (letters: string, letter: string): boolean => letters.split(letter).length === 2;

/** x · 2^k, rounded back: exact. */
const scaleAndBack: Rule = (line, args, append) => {
  const format = numeric(line.type.format);
  if (!declaredInput(line) || line.type.format.kind !== 'fixed' || !format) return undefined;
  const x = append(line.op, args, line.attributes);
  const scaled = append('scale', [x], { factor: 1n << 5n, fraction: format.fraction + 5 });
  return append('rescale', [scaled], { to: line.type.format });
};

/** 0 where a mask of zeros is set. */
const addZeroMask: Rule = (line, args, append) => {
  const op = findOp(line.op);
  if (op.effect || line.type.format.kind !== 'fixed' || sizeOf(line.type.shape) === 0)
    return undefined;
  const x = append(line.op, args, line.attributes);
  const mask = append('constant', [], { values: [0n], shape: [], format: { kind: 'bit' } });
  const zero = append('constant', [], { values: [0n], shape: [], format: line.type.format });
  return append('select', [mask, zero, x]);
};

export const rewritings: readonly Rewriting[] = [
  { name: 'sums in two halves', rewrite: (program) => rewriteLines(program, splitSums) },
  { name: 'inputs times 2^5 and back', rewrite: (program) => rewriteLines(program, scaleAndBack) },
  {
    name: 'a mask of zeros on every value',
    rewrite: (program) => rewriteLines(program, addZeroMask),
  },
];

const rewritten = new WeakMap<LoweredProgram, (readonly [string, LoweredProgram])[]>();

/** The circuit in its other ways, those that fit the field. */
function othersOf(circuit: LoweredProgram): (readonly [string, LoweredProgram])[] {
  const known = rewritten.get(circuit);
  if (known) return known;
  const others = rewritings.flatMap(({ name, rewrite }) => {
    const other = attempt(() => lower(rewrite(circuit.program)));
    return other ? [[name, other] as const] : [];
  });
  rewritten.set(circuit, others);
  return others;
}

/** Throws an Error that names the rewriting under which outputs or acceptance change. */
export function rewritingChangesNothing(circuit: LoweredProgram, inputs: BoundInputs): void {
  const expected = statement(circuit, inputs);
  for (const [name, other] of othersOf(circuit)) {
    const seen = statement(other, inputs);
    if (seen !== expected)
      throw new Error(`with ${name} the statement is ${seen}, not ${expected}`);
  }
}

/**
 * For circuits whose inputs and outputs all have their blocks along axis 0: the blocks in another order give the
 * outputs in that order. `shift` is by how many places the blocks are turned.
 */
export function blocksAreIndependent(
  circuit: LoweredProgram,
  inputs: BoundInputs,
  shift: number,
): void {
  const ports = portsOf(circuit.program);
  const turned = new Map(inputs.fixed);
  for (const { name, type, direction } of ports)
    if (direction === 'input')
      turned.set(name, turn(inputs.fixed.get(name)!, type.shape[0]!, shift));
  const outputs = (values: BoundInputs['fixed'], by: number): string => {
    const witness = honestWitness(circuit, values);
    if (!witness || checkWitness(circuit.system, witness)) return 'refused';
    return circuit.system.ports
      .filter(({ direction }) => direction === 'output')
      .map(({ name, variables }) => {
        const length = ports.find((port) => port.name === name)!.type.shape[0]!;
        return `${name}: ${turn(
          variables.map((v) => witness[v]!),
          length,
          by,
        ).join(' ')}`;
      })
      .join('; ');
  };
  const [expected, seen] = [outputs(inputs.fixed, shift), outputs(turned, 0)];
  if (seen !== expected)
    throw new Error(`with blocks turned by ${shift} the outputs are ${seen}, not ${expected}`);
}

/** The rows along axis 0, turned. */
function turn<T>(values: readonly T[], length: number, by: number): T[] {
  const row = values.length / length;
  const at = (by % length) * row;
  return [...values.slice(at), ...values.slice(0, at)];
}

function statement(circuit: LoweredProgram, inputs: BoundInputs): string {
  const witness = honestWitness(circuit, inputs.fixed);
  if (!witness || checkWitness(circuit.system, witness)) return 'refused';
  return publicVariables(circuit.system)
    .map((variable) => witness[variable]!)
    .join(' ');
}
