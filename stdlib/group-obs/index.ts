export { groupObsByFactor, type GroupObsByFactor } from './factor.ts';
export { groupObsByInverse, type GroupObsByInverse } from './inverse.ts';
export { groupObs, type GroupObs } from './kkt.ts';
export type { Step } from './step.ts';
