// Inputs that no output and no assertion depends on: the statement would say nothing about them.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import { speaks } from '../ops/op.ts';
import { declaredInput } from './ports.ts';

export function findUnusedInputs(program: Program): Diagnostic[] {
  const used = new Set<number>();
  for (let number = program.lines.length - 1; number >= 0; number--) {
    const line = program.lines[number]!;
    if (speaks(findOp(line.op)) || used.has(number))
      line.arguments.forEach((argument) => used.add(argument));
  }
  return program.lines.flatMap((line, number) => {
    const input = declaredInput(line);
    if (!input || used.has(number)) return [];
    return [
      {
        code: 'unused-input',
        message: `no output and no assertion depends on the ${input.visibility} input "${input.name}"`,
        hint: 'use it, expose it, or remove it',
        ...(line.where ? { where: line.where } : {}),
      },
    ];
  });
}
