// What an author imports.
export {
  Circuit,
  circuit,
  CircuitBuilder,
  type InputOptions,
  type AnyCircuit,
  type Parameters,
  type Pins,
} from './circuit.ts';
export type { ConstantOptions } from './constants.ts';
export type { Term, Unknown } from './equation.ts';
export type { QuotientOptions } from './quotients.ts';
export { rootOf, type Equation } from './roots.ts';
export { concat, solve, solveGram, type GramSystem, type LinearSystem } from './functions.ts';
export { assert, tensor } from './notation/index.ts';
export { Tensor, type Operand } from './tensor.ts';
export {
  bit,
  digest,
  field,
  q,
  real,
  u,
  type FixedFormat,
  type Format,
  type OpenFormat,
} from './formats.ts';
export type { Shape } from '../compiler/ir/shape.ts';
export type { AuthorFunction } from '../compiler/functions/registry.ts';
export { defineFunction } from './map.ts';
export { defineHint, type Hint } from '../compiler/ops/shared/hints.ts';
export {
  LetheError,
  type Diagnostic,
  type SourceLine,
} from '../compiler/diagnostics/diagnostic.ts';
