// What to do about a law that fails: the smallest sizes and inputs at which it does, and a file that replays it.
import fc from 'fast-check';
import type { AnyCircuit, Parameters } from '../../dsl/circuit.ts';
import { compileCircuit } from '../compile.ts';
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import type { Program } from '../ir/program.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { laws, type LawName } from './named-laws.ts';

export interface Attempt {
  readonly circuit: AnyCircuit;
  readonly law: LawName;
  readonly inputs: (program: Program) => fc.Arbitrary<BoundInputs>;
  readonly numRuns?: number;
}

export interface Failure {
  readonly parameters: Parameters;
  readonly seed: number;
  readonly inputs: BoundInputs;
  /** What was seen. */
  readonly message: string;
  readonly program: Program;
}

/** Tries the law on random inputs; undefined where it holds. */
export function tryLaw(
  { law, inputs, numRuns }: Attempt,
  circuit: LoweredProgram,
  seed?: number,
): Failure | undefined {
  const property = fc.property(inputs(circuit.program), (bound) => laws[law](circuit, bound));
  const run = fc.check(property, {
    ...(numRuns === undefined ? {} : { numRuns }),
    ...(seed === undefined ? {} : { seed }),
  });
  if (!run.failed) return undefined;
  const { program } = circuit;
  const error: unknown = run.errorInstance;
  const message = error instanceof Error ? error.message : String(error);
  const [found] = run.counterexample!;
  return { parameters: program.parameters, seed: run.seed, inputs: found, message, program };
}

/** The same law at smaller parameters, one after the other, as long as it fails there, too. */
export function smallestFailure(attempt: Attempt, first: Failure): Failure {
  let smallest = first;
  for (const key of Object.keys(first.parameters))
    for (let size = 1; size < smallest.parameters[key]! && size <= 4; size++) {
      const circuit = compiled(attempt.circuit, { ...smallest.parameters, [key]: size });
      const failure = circuit && tryLaw(attempt, circuit, first.seed);
      if (failure) smallest = failure;
      if (failure) break;
    }
  return smallest;
}

/** Undefined where the circuit cannot be built so small. */
function compiled(circuit: AnyCircuit, parameters: Parameters): LoweredProgram | undefined {
  try {
    return compileCircuit(circuit, parameters);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}

/** The failure as a report, with a TypeScript file that shows it again. */
export function renderFailure({ circuit, law }: Attempt, failure: Failure): string {
  const { parameters, seed, inputs, message, program } = failure;
  const file = program.lines.find(({ where }) => where)?.where?.file ?? './circuit.ts';
  const tensors = [...inputs.fixed].map(([name, values]) => {
    const reals = [...inputs.real.get(name)!];
    const real = reals.every(Number.isFinite) ? `, real: [${reals.join(', ')}]` : '';
    return `    ${JSON.stringify(name)}: { fixed: [${values.map((x) => `${x}n`).join(', ')}]${real} },`;
  });
  return [
    `${circuit.name}: "${law}" does not hold: ${message}`,
    `seed ${seed}; the smallest sizes and inputs that were found, as a file to run with \`npx tsx\`:`,
    '',
    `import { replay } from 'lethe/testing';`,
    `import * as file from '${file.startsWith('/') ? file : `./${file}`}';`,
    '',
    `replay(file, ${JSON.stringify(circuit.name)}, {`,
    `  law: ${JSON.stringify(law)},`,
    `  parameters: ${JSON.stringify(parameters)},`,
    '  inputs: {',
    ...tensors,
    '  },',
    '});',
    '',
  ].join('\n');
}
