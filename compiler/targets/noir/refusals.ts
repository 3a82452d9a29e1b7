// What this target turns down. A Noir Field is another field than kimchi's: what depends on the field itself would mean
// something else, and is refused rather than changed.
import { fail } from '../../diagnostics/diagnostic.ts';

const kimchi = 'or prove the circuit with kimchi: lethe prove';

/** Throws `unsupported-by-target`; `source.ts` adds the author's line. */
export function refuse(what: string, cure: string): never {
  fail('unsupported-by-target', `target noir: ${what}`, cure);
}

export interface Refusal {
  readonly what: string;
  readonly cure: string;
}

/** Ops that have no equal in Noir, by name. */
export const refusedOps: ReadonlyMap<string, Refusal> = new Map([
  [
    'pack',
    {
      what: "pack fills the lanes of kimchi's field elements, which BN254's do not hold",
      cure: `expose the numbers themselves, ${kimchi}`,
    },
  ],
  [
    'unpack',
    {
      what: 'unpack takes the limbs of kimchi’s range checks',
      cure: `give the circuit the numbers themselves, ${kimchi}`,
    },
  ],
  [
    'compress',
    {
      what: "compress is Poseidon over kimchi's field, and another field gives another digest",
      cure: `expose the values themselves, ${kimchi}`,
    },
  ],
  [
    'hash',
    {
      what: "hash is Poseidon over kimchi's field, and another field gives another digest",
      cure: `expose the values themselves, ${kimchi}`,
    },
  ],
]);

/** A value from outside that is an element of kimchi's field. */
export const ofAnotherField = (op: string, format: string): Refusal => ({
  what: `${op} of format ${format} is an element of kimchi's field, which BN254's does not hold`,
  cure: `give it a numeric format, ${kimchi}`,
});
