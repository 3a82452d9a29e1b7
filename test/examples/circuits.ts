// Every circuit under examples/.
import chosenFormats from '../../examples/chosen-formats.ts';
import groupObs from '../../examples/group-obs.ts';
import unlearnDigits, { unlearnedWeights } from '../../examples/unlearn-digits/circuit.ts';

export const examples = [groupObs, chosenFormats, unlearnDigits, unlearnedWeights].map(
  (circuit) => ({
    name: circuit.name,
    circuit,
  }),
);
