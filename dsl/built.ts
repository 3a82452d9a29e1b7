// A program that is built already, in the place of a circuit: it has one size.
import { fail, LetheError } from '../compiler/diagnostics/diagnostic.ts';
import type { Program } from '../compiler/ir/program.ts';
import { findUnusedInputs } from '../compiler/program/unused.ts';
import { brand, type AnyCircuit } from './circuit.ts';

/** `file` is where its text is. Throws `unused-input`; `build` throws `fixed-parameters` for any parameter. */
export function builtCircuit(program: Program, file: string): AnyCircuit {
  const unused = findUnusedInputs(program);
  if (unused.length > 0) throw new LetheError(unused);
  const { name, parameters } = program;
  const circuit: AnyCircuit & { readonly [brand]: true } = {
    [brand]: true,
    name,
    parameters,
    build(overrides = {}) {
      const [changed] = Object.keys(overrides);
      if (changed !== undefined)
        fail(
          'fixed-parameters',
          `${file}: the parameter "${changed}" cannot be set: a program as text is built for ${described(parameters)}`,
          'set it where the circuit is written in TypeScript, and print that: lethe inspect FILE --set …',
        );
      return program;
    },
  };
  return circuit;
}

const described = (parameters: Readonly<Record<string, number>>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ') || 'one size';
