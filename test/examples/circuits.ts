// Every circuit under examples/.
import groupObs from '../../examples/group-obs.ts';
import unlearnDigits, { unlearnedWeights } from '../../examples/unlearn-digits/circuit.ts';

export const examples = [groupObs, unlearnDigits, unlearnedWeights].map((circuit) => ({
  name: circuit.name,
  circuit,
}));
