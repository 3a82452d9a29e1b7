// The work of a formula. A part that occurs several times counts as often.
import type { Condition, Formula } from './formula.ts';

/** The comparisons of a choice count twice: each outcome is a case. */
export function sizeOfFormula(formula: Formula): number {
  const known = new Map<Formula, number>();
  const sizeOf = (part: Formula): number => {
    const size = known.get(part) ?? 1 + sum(part);
    known.set(part, size);
    return size;
  };
  const sum = (part: Formula): number => {
    switch (part.kind) {
      case 'number':
      case 'element':
        return 0;
      case 'root':
        return sizeOf(part.of);
      case 'operation':
        return sizeOf(part.left) + sizeOf(part.right);
      case 'choice':
        return 2 * ofCondition(part.when) + sizeOf(part.then) + sizeOf(part.otherwise);
    }
  };
  const ofCondition = (condition: Condition): number =>
    condition.kind === 'logic'
      ? ofCondition(condition.left) + ofCondition(condition.right)
      : sizeOf(condition.left) + sizeOf(condition.right);
  return sizeOf(formula);
}
