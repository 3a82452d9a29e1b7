// Claims of a distance that cannot be true, or that say nothing.
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { formatInterval, fractionOf, renderFormat } from '../../ir/format.ts';
import type { Program } from '../../ir/program.ts';
import { realUp } from '../../numbers/upward.ts';
import type { Premise } from '../../ops/op.ts';
import { describeLine } from '../../program/print.ts';

export function emptyClaim(premise: Premise, program: Program, number: number): Diagnostic[] {
  if (premise.kind !== 'near-hint') return [];
  const { type, where } = program.lines[number]!;
  const { format } = type;
  const { low, high } = formatInterval(format);
  const half = 2 ** -(fractionOf(format) + 1);
  const span = realUp(high - low, fractionOf(format));
  const { within } = premise;
  if (within >= half && within < span) return [];
  const [code, problem, hint] =
    within < half
      ? [
          'claim-too-narrow',
          `is below half a last place of ${renderFormat(format)}, ${half}: rounding alone moves an honest value by that much`,
          'give the advice more fractional bits, or declare at least half a last place',
        ]
      : [
          'claim-too-wide',
          `says nothing: ${renderFormat(format)} holds no two numbers that are farther apart than ${span}`,
          'assert what forces the value and leave `within` out, or declare less',
        ];
  return [
    {
      code,
      message: `advice: \`within\` ${within} ${problem}, in \`${describeLine(program, number)}\``,
      hint,
      ...(where ? { where } : {}),
    },
  ];
}
