// The elements of a program as linear forms over atoms, in integers, where the same form holds in the reals. An atom is an
// element of a line that no record calls linear.
import { findOp } from '../ops/index.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import { fromVariable, type Expression } from '../constraints/expression.ts';

/** An element of a line. */
export interface Atom {
  readonly line: number;
  readonly element: number;
}

export interface LinearForms {
  /** By line and element; its variables are numbers of atoms. */
  readonly values: readonly (readonly Expression[])[];
  readonly atoms: readonly Atom[];
}

/** A form of more terms becomes an atom, so that sums of sums stay short. */
const mostTerms = 64;

const known = new WeakMap<Program, LinearForms>();

export function linearForms(program: Program): LinearForms {
  const before = known.get(program);
  if (before) return before;
  const forms = derive(program);
  known.set(program, forms);
  return forms;
}

function derive(program: Program): LinearForms {
  const values: (readonly Expression[])[] = [];
  const atoms: Atom[] = [];
  program.lines.forEach((each, line) => {
    const args = each.arguments.map((argument) => values[argument]!);
    const forms = findOp(each.op).linear?.(args, callOf(program, each));
    values.push(
      Array.from({ length: sizeOf(each.type.shape) }, (_, element) => {
        const form = forms?.[element];
        if (form && form.terms.length <= mostTerms) return form;
        return fromVariable(atoms.push({ line, element }) - 1);
      }),
    );
  });
  return { values, atoms };
}
