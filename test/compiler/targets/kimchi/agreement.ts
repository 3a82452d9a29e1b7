// The checker against the real prover and verifier, witness by witness: what the checker accepts proves and verifies;
// what it refuses yields no proof that verifies (the prover throws, or its proof is refused).
import fc from 'fast-check';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import type { BoundInputs } from '../../../../compiler/inputs/bind.ts';
import { canonical } from '../../../../compiler/numbers/field.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { honestWitness } from '../../../../compiler/testing/witness.ts';
import { compile, verify, type Prover } from '../../../../compiler/targets/kimchi/prover.ts';
import { changes } from '../../constraints/changes.ts';
import { seededRandom, type Random } from '../../../../examples/unlearn-digits/random.ts';

export interface Agreement {
  readonly accepted: number;
  readonly refused: number;
}

/** An honest witness of the circuit on some of `count` random inputs, and as many dishonest ones. */
export async function expectAgreement(
  circuit: LoweredProgram,
  inputs: fc.Arbitrary<BoundInputs>,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Agreement> {
  const { system, program } = circuit;
  const prover = await compile(program.name, system);
  const random = seededRandom(seed);
  let [accepted, refused] = [0, 0];
  for (const { fixed } of fc.sample(inputs, { numRuns: count, seed }))
    for (const overrides of [new Map<number, bigint>(), tampering(circuit, fixed, random)]) {
      const witness = honestWitness(circuit, fixed, overrides);
      if (!witness) continue;
      const failure = checkWitness(system, witness);
      const proved = await provesAndVerifies(prover, circuit, witness);
      if (proved !== (failure === undefined))
        throw new Error(
          `${program.name}: the checker ${failure ? `refuses (${failure.message})` : 'accepts'}, the prover ${proved ? 'proves' : 'does not'}; variables changed: ${[...overrides.keys()].join(', ')}`,
        );
      if (failure) refused++;
      else accepted++;
    }
  return { accepted, refused };
}

/** One value, changed, and everything after it worked out anew. */
function tampering(
  circuit: LoweredProgram,
  inputs: BoundInputs['fixed'],
  random: Random,
): Map<number, bigint> {
  const honest = honestWitness(circuit, inputs, new Map());
  if (!honest) return new Map();
  const variable = random.integer(circuit.system.variables);
  const change = changes[random.integer(changes.length)]!;
  return new Map([[variable, canonical(change(honest[variable]!))]]);
}

async function provesAndVerifies(
  prover: Prover,
  { system }: LoweredProgram,
  witness: readonly bigint[],
): Promise<boolean> {
  const publicInput = publicVariables(system).map((variable) => witness[variable]!);
  try {
    const proof = await prover.prove(witness);
    return await verify({ key: prover.verificationKey, system, publicInput, proof });
  } catch {
    return false;
  }
}
