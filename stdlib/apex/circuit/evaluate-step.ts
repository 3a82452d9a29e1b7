// The step on one block, by its integer meaning: what an honest client claims of it.
import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import { portsOf } from '../../../compiler/program/ports.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { ports, stepCircuit, type StepSpec } from './tile.ts';
import { stepInputs, type SecretBlock, type StepBlock } from './tiles.ts';

export interface EvaluatedStep {
  /** θ_u and ν; undefined where the step refuses the block. */
  readonly claim?: Pick<SecretBlock, 'unlearned' | 'multipliers'>;
  /** Why it is refused. */
  readonly findings: readonly Diagnostic[];
}

/** For many blocks of one plan: its circuit is built once. */
export function stepEvaluator(spec: StepSpec): (block: StepBlock) => EvaluatedStep {
  const program = stepCircuit(spec, 1).build();
  const lines = new Map(portsOf(program).map(({ name, line }) => [name, line]));
  return (block) => {
    const { values, findings } = evaluateFixed(program, stepInputs([block]));
    if (findings.length > 0) return { findings };
    const read = (name: string): number[] | undefined => {
      const line = lines.get(name);
      return line === undefined ? undefined : values[line]!.map(Number);
    };
    const multipliers = read(ports.multipliers);
    const claim = { unlearned: read(ports.unlearned)!, ...(multipliers ? { multipliers } : {}) };
    return { claim, findings };
  };
}
