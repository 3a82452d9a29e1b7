// Checks what every pass must preserve: arguments come before their use, types follow from the ops, effects
// are not used as values, and names of inputs and outputs are distinct.
import { renderType } from '../ir/program.ts';
import { isLetheError, LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { findOp } from '../ops/index.ts';

import { describeLine } from './print.ts';
import type { Program } from '../ir/program.ts';
import { portName } from './ports.ts';

/** All findings; a program that the builder made has none. */
export function findInvalidLines(program: Program): Diagnostic[] {
  const findings: Diagnostic[] = [];
  const names = new Set<string>();
  program.lines.forEach((line, number) => {
    const report = (message: string): void => {
      findings.push({
        code: 'invalid-program',
        message: `line %${number} (${line.op}): ${message}`,
      });
    };
    const op = findOp(line.op);
    const late = line.arguments.find((argument) => !(argument >= 0 && argument < number));
    if (late !== undefined) return report(`uses %${late}, which is not defined before it`);
    const args = line.arguments.map((argument) => program.lines[argument]!);
    const effect = args.findIndex((arg) => findOp(arg.op).effect);
    if (effect !== -1) return report(`uses %${line.arguments[effect]}, which has no value`);
    const name = portName(line);
    if (name !== undefined && names.has(name)) report(`the name "${name}" occurs twice`);
    if (name !== undefined) names.add(name);
    try {
      const type = op.type(
        args.map((arg) => arg.type),
        line.attributes,
      );
      if (renderType(type) !== renderType(line.type))
        report(
          `has type ${renderType(line.type)}, but ${describeLine(program, number)} gives ${renderType(type)}`,
        );
    } catch (error) {
      if (!isLetheError(error)) throw error;
      error.diagnostics.forEach(({ message }) => report(message));
    }
  });
  return findings;
}

/** Returns the program. Throws a LetheError with all findings; `after` names what was done last. */
export function verify(program: Program, after: string): Program {
  const findings = findInvalidLines(program);
  if (findings.length > 0)
    throw new LetheError(
      findings.map((finding) => ({ ...finding, message: `after ${after}: ${finding.message}` })),
    );
  return program;
}
