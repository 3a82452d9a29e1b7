// The standard library: everything here is written in the DSL alone.
export { commit } from './commitment.ts';
export { groupObs, type GroupObs } from './group-obs.ts';
export { clearMasked } from './masking.ts';
export { symmetric, triangleLength } from './matrix.ts';
