// The three forms of Group OBS as circuits of some blocks: the step, which is solved for, and the claim, which is checked. Their
// formats are those of weights of 24 bits in [−4, 4).
import { bit, circuit, q, type Circuit, type Format, type Tensor } from '../../../dsl/index.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import {
  assertDefinite,
  assertGroupObs,
  assertGroupObsByFactor,
  assertGroupObsByInverse,
  groupObs,
  groupObsByFactor,
  groupObsByInverse,
  triangleLength,
  upperTriangular,
  type Claim,
} from '../../../stdlib/index.ts';
import {
  curvatureFactor,
  curvatureTriangle,
  definiteRoot,
  inverseRoot,
  type Observed,
} from './curvatures.ts';

export const formNames = ['kkt', 'factor', 'inverse'] as const;
export type FormName = (typeof formNames)[number];

export interface StepSpec {
  readonly form: FormName;
  readonly size: number;
  /** Rows of G, `size` where it is left out; the other forms have none. */
  readonly rank?: number | undefined;
  readonly curvature: Format;
  /** τ. */
  readonly tolerance: number;
}

export const weightFormat = q(24, 21);
/** φ of `inverse`. */
export const floor = 2 ** -8;
/** e of `kkt`: what rounding may leave of C' − I − RᵀR. */
export const slack = 2 ** -9;
export const certificateFormat = q(24, 17);
const multiplierFormat = q(36, 22);

const defaults: Readonly<Record<FormName, Pick<StepSpec, 'curvature' | 'tolerance'>>> = {
  kkt: { curvature: q(24, 14), tolerance: 2 ** -12 },
  factor: { curvature: q(12, 7), tolerance: 2 ** -12 },
  inverse: { curvature: q(12, 11), tolerance: 2 ** -21 },
};

export const stepOf = (form: FormName, size: number, rank?: number): StepSpec => ({
  form,
  size,
  ...(rank === undefined ? {} : { rank }),
  ...defaults[form],
});

const isTriangular = ({ form, size, rank = size }: StepSpec): boolean =>
  form !== 'factor' || rank === size;

const curvatureLength = (spec: StepSpec): number =>
  isTriangular(spec) ? triangleLength(spec.size) : spec.rank! * spec.size;

/** The numbers that a prover commits to, as integers of their format. */
export function curvatureOf(spec: StepSpec, observed: Observed): number[] {
  const { form, size, rank } = spec;
  const reals = {
    kkt: () => curvatureTriangle(observed),
    factor: () => curvatureFactor(observed, size, rank),
    inverse: () => inverseRoot(observed, size, floor),
  }[form]();
  return integersOf(reals, fractionOf(spec.curvature));
}

export const integersOf = (reals: ArrayLike<number>, fraction: number): number[] =>
  Array.from(reals, (real) => Number(toInteger(real, fraction)));

/** Names of the tensors. */
export const ports = {
  weights: 'weights',
  curvature: 'curvature',
  certificate: 'certificate',
  multipliers: 'multipliers',
  mask: 'mask',
  unlearned: 'unlearned',
} as const;

/** θ_u is solved for, and exposed; so is ν. */
export function stepCircuit(spec: StepSpec): Circuit {
  return circuit('step', {}, (c) => {
    const { form, size, tolerance } = spec;
    const weights = c.secret(ports.weights, weightFormat, [1, size]);
    const curvature = c.secret(ports.curvature, spec.curvature, [1, curvatureLength(spec)]);
    const mask = c.public(ports.mask, bit, [1, size]);
    const own = { weights, mask, tolerance };
    const updateFormat = weightFormat;
    if (form === 'kkt') {
      const smallestEigenvalue = 1 - size * slack;
      groupObs({ ...own, curvature, updateFormat, smallestEigenvalue }).expose(ports.unlearned);
    } else if (form === 'factor')
      groupObsByFactor({ ...own, factor: factorOf(spec, curvature) }).expose(ports.unlearned);
    else {
      const root = upperTriangular(curvature, { size });
      const result = groupObsByInverse({ ...own, root, floor, multiplierFormat });
      result.unlearned.expose(ports.unlearned);
      result.multipliers.expose(ports.multipliers);
    }
  });
}

/** θ and θ_u are public, and θ_u is checked. `masked` is a mask that is part of the circuit; otherwise it is public. */
export function claimCircuit(spec: StepSpec, masked?: readonly number[]): Circuit {
  const { form, size, tolerance } = spec;
  return circuit(`claim-${form}${masked ? '-known-mask' : ''}`, {}, (c) => {
    const weights = c.public(ports.weights, weightFormat, [1, size]);
    const curvature = c.secret(ports.curvature, spec.curvature, [1, curvatureLength(spec)]);
    const bits = Array.from({ length: size }, (_, i) => (masked?.includes(i) ? 1 : 0));
    const mask = masked ? c.constant(bits, bit, [1, size]) : c.public(ports.mask, bit, [1, size]);
    const unlearned = c.public(ports.unlearned, weightFormat, [1, size]);
    const claim: Claim = { weights, mask, unlearned, tolerance, ...(masked ? { masked } : {}) };
    if (form === 'kkt') {
      const root = c.secret(ports.certificate, certificateFormat, [1, triangleLength(size)]);
      assertDefinite({ triangle: curvature, root, size, floor: 1, slack });
      assertGroupObs({ ...claim, curvature });
    } else if (form === 'factor')
      assertGroupObsByFactor({ ...claim, factor: factorOf(spec, curvature) });
    else {
      const count = masked?.length ?? size;
      const multipliers = c.secret(ports.multipliers, multiplierFormat, [1, count]);
      const root = upperTriangular(curvature, { size });
      assertGroupObsByInverse({ ...claim, root, floor, multipliers });
    }
  });
}

/** G, [blocks, r, size]. */
const factorOf = (spec: StepSpec, curvature: Tensor): Tensor =>
  isTriangular(spec)
    ? upperTriangular(curvature, { size: spec.size })
    : curvature.reshape([1, spec.rank!, spec.size]);

/** Integers of the root by which C' is certified, from C' as it was rounded. */
export function certificateOf({ size, ...spec }: StepSpec, curvature: readonly number[]): number[] {
  const unit = 2 ** -fractionOf(spec.curvature);
  const triangle = Float64Array.from(curvature, (integer) => integer * unit);
  return integersOf(definiteRoot(triangle, size), fractionOf(certificateFormat));
}
