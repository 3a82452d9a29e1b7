// The kit: the laws of every circuit, for authors' own tests.
export { arbitraryInputs } from './arbitrary-inputs.ts';
export { arbitraryProgram, type ProgramOptions } from './arbitrary-program.ts';
export { checkLaws, type LawOptions } from './check-laws.ts';
export { circuitLaws, type CircuitLawsOptions } from './circuit-laws.ts';
export { choicesAreNear, circuitEqualsFixed, fixedNearReal, tamperingIsRefused } from './laws.ts';
export type {
  SpecificationContext,
  Specification,
  SpecifiedOutputs,
  Within,
} from './specification/specification.ts';
export { withIntegers } from './exact-inputs.ts';
export { replay, type Replay } from './replay.ts';
export { compileCircuit, compileProgram } from '../compile.ts';
export { pushChoices, type PushOptions } from './tamper/push-choices.ts';
export type { Pushed, PushResult } from './tamper/pushed.ts';
export { tamper, type Finding, type TamperOptions, type TamperResult } from './tamper/tamper.ts';
export { textCircuit } from './text-circuit.ts';
export type { BoundInputs } from '../inputs/bind.ts';
