// The gates that a line is lowered to, estimated from types: the default of all ops, and the parts of which ops make their own.
//   a sum of n terms that becomes a variable takes n − 1 gates; a term that is only copied to another form, a sixteenth of one
import { numeric, type Format } from '../../ir/format.ts';
import type { TensorType } from '../../ir/program.ts';
import { sizeOf } from '../../ir/shape.ts';
import type { Call, Form, Work } from '../op.ts';

export const elementsOf = ({ shape }: TensorType): number => sizeOf(shape);

export const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Gates of a range check, and of the arithmetic around one. */
export function checkGates(format: Format): number {
  const known = numeric(format);
  return known ? 1 + known.bits / 16 : 1;
}

/** A value that is checked by limbs of 12 bits, which its form shows, and one more. It may be known where ranges are. */
export function limbForm({ format }: TensorType): Form {
  const known = numeric(format);
  return { terms: 1 + (known ? Math.ceil(known.bits / 12) : 1), constants: true };
}

/** A variable for each element. */
export const variableForm: Form = { terms: 1, constants: false };

/** The share of a gate that a term of a form takes. */
const termShare = 1 / 16;

const allTerms = (forms: readonly Form[]): number => total(forms.map(({ terms }) => terms));

/** Elements of the result, or of the largest argument. */
const widest = ({ arguments: args, result }: Call): number =>
  Math.max(elementsOf(result), ...args.map(elementsOf));

/** For each element some range checks, and each argument's form as a variable. */
export const elementwiseGates = (call: Call, forms: readonly Form[]): number =>
  widest(call) *
  (allTerms(forms) +
    total(call.arguments.map(({ format }) => checkGates(format))) +
    checkGates(call.result.format));

/** So many forms are made, which take no gates themselves. */
export const formGates = (count: number, forms: readonly Form[]): number =>
  count * (1 + termShare * allTerms(forms));

/** So many products of elements of the arguments, each of which becomes a variable once. Where one is constant, the form of the other is copied. */
export const productGates = (products: number, call: Call, forms: readonly Form[]): number =>
  formGates(products, forms) +
  total(call.arguments.map((arg, i) => elementsOf(arg) * forms[i]!.terms));

/** The sum of so many products. */
export function productsForm(count: number, forms: readonly Form[]): Form {
  const constants = forms.some((form) => form.constants);
  const longest = constants ? Math.max(1, ...forms.map(({ terms }) => terms)) : 1;
  return { terms: count * longest, constants };
}

/** Elements are only moved, each to one place or several. */
export const anyForm = (forms: readonly Form[]): Form => ({
  terms: Math.max(0, ...forms.map(({ terms }) => terms)),
  constants: forms.some(({ constants }) => constants),
});

/** A sum of so many terms for each of the forms': what they share may cancel. */
export const sumForm = (forms: readonly Form[], times = 1): Form => ({
  terms: times * allTerms(forms),
  constants: true,
});

/** The default, where an op gives no estimate: each element of the result may be a long form of all arguments. */
export const defaultWork: Required<Work> = {
  gates: elementwiseGates,
  form: ({ result }, forms) => sumForm([limbForm(result), ...forms]),
};

/** Elements are moved. */
export const movementWork: Required<Work> = {
  gates: ({ result }) => elementsOf(result),
  form: (_, forms) => anyForm(forms),
};

/** Elements are added, and stay forms. */
export const additionWork: Required<Work> = {
  gates: (call, forms) => formGates(widest(call), forms),
  form: (_, forms) => sumForm(forms),
};
