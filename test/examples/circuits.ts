// Every circuit under examples/, with inputs.
import groupObs from '../../examples/group-obs.ts';

export const examples = [{ name: 'group-obs', circuit: groupObs, file: 'examples/group-obs.ts' }];
