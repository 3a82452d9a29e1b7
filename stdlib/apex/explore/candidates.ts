// The plans that are looked at: forms, block sizes, ranks and widths, every combination.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { StepSpec } from '../circuit/tile.ts';
import { withCurvatureBits } from '../curvature-bits.ts';
import { forms, type FormName, type StepFormats } from '../forms/index.ts';
import type { Space } from './space.ts';

/** Without repetition: widths that a form cannot have are left out. */
export function candidates(space: Space): StepSpec[] {
  const { weightBits, weightRange, curvatureBits, tolerances } = space;
  const found = new Map<string, StepSpec>();
  for (const shape of shapes(space))
    for (const bits of weightBits) {
      const own = formatsOf(shape.form, bits, weightRange);
      if (!own) continue;
      const widths = curvatureBits.flatMap((each) => withCurvatureBits(own, each) ?? []);
      for (const formats of [own, ...widths])
        for (const tolerance of [own.tolerance, ...tolerances]) {
          const spec = { ...shape, formats: { ...formats, tolerance } };
          found.set(JSON.stringify(spec), spec);
        }
    }
  return [...found.values()];
}

/** Only a factor has ranks. */
const shapes = ({ forms: names, sizes, ranks }: Space): Omit<StepSpec, 'formats'>[] =>
  names.flatMap((form) =>
    sizes.flatMap((size): Omit<StepSpec, 'formats'>[] =>
      form === 'factor'
        ? ranks.map((rank) => (rank < size ? { form, size, rank } : { form, size }))
        : [{ form, size }],
    ),
  );

/** Undefined where the bits leave no fraction. */
function formatsOf(form: FormName, bits: number, range: number): StepFormats | undefined {
  try {
    return forms[form].formats(bits, range);
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}
