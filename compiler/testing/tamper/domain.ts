// What the checks of a single variable leave it: the numbers k / 2^fraction for k = 0 … most. One that is checked as
// itself holds integers; one that is checked times 2^f alone holds fractions.
import type { Variable } from '../../constraints/expression.ts';
import { limbOffsets, type LinearGate } from '../../constraints/gates.ts';
import { canonical, inverse } from '../../numbers/field.ts';
import { bitLength } from '../../numbers/interval.ts';
import type { Graph } from './graph.ts';

export interface Domain {
  readonly fraction: number;
  readonly most: bigint;
}

const limb = 4095n;

const domains = new WeakMap<Graph, Map<Variable, Domain | undefined>>();

/** Undefined for a variable without a check of its own. */
export function domainOf(graph: Graph, variable: Variable): Domain | undefined {
  const known = domains.get(graph) ?? new Map<Variable, Domain | undefined>();
  domains.set(graph, known);
  if (!known.has(variable)) known.set(variable, findDomain(graph, variable));
  return known.get(variable);
}

function findDomain(graph: Graph, variable: Variable): Domain | undefined {
  let whole: bigint | undefined;
  let fraction = 0;
  const atMost = (most: bigint): void => {
    whole = whole === undefined || most < whole ? most : whole;
  };
  for (const number of graph.gatesOf[variable]!) {
    const { gate } = graph.system.gates[number]!;
    if (gate.kind === 'boolean') atMost(1n);
    else if (gate.kind === 'constant' && gate.value === 0n) atMost(0n);
    else if (gate.kind === 'range12') atMost(limb);
    else if (gate.kind === 'range64')
      atMost(gate.value === variable ? mostOfRow(graph, gate.limbs) : limb);
    else if (gate.kind === 'linear' && gate.out === variable) {
      const most = mostOfSum(graph, gate);
      if (most !== undefined) atMost(most);
    } else fraction = Math.max(fraction, scaleOf(graph, variable, number));
  }
  if (whole !== undefined) {
    const scaled = limb >> BigInt(fraction);
    return { fraction: 0, most: fraction > 0 && scaled < whole ? scaled : whole };
  }
  return fraction > 0 ? { fraction, most: limb } : undefined;
}

/** The widths, in bits, at which the checks of a variable end. */
export function widthsOf(graph: Graph, variable: Variable): number[] {
  const domain = domainOf(graph, variable);
  return domain ? [bitLength(domain.most) - domain.fraction] : [];
}

/** k where a gate says that 2^k · variable has 12 bits, else 0. */
function scaleOf(graph: Graph, variable: Variable, number: number): number {
  const { gate } = graph.system.gates[number]!;
  if (gate.kind !== 'linear' || gate.terms.length !== 1 || gate.constant !== 0n) return 0;
  const [{ coefficient, variable: from }] = gate.terms as [(typeof gate.terms)[0]];
  const bits = bitLength(coefficient) - 1;
  if (from !== variable || bits > 12 || coefficient !== 1n << BigInt(bits)) return 0;
  const checked = graph.gatesOf[gate.out]!.some(
    (other) => graph.system.gates[other]!.gate.kind === 'range12',
  );
  return checked ? bits : 0;
}

/** The most that digits of later make can sum up to: how a mutant gives a limb one more bit. */
function mostOfSum(graph: Graph, gate: LinearGate): bigint | undefined {
  let most = gate.constant;
  for (const { coefficient, variable } of gate.terms) {
    const domain = variable > gate.out ? domainOf(graph, variable) : undefined;
    if (!domain || domain.fraction > 0 || coefficient >> 128n !== 0n) return undefined;
    most += coefficient * domain.most;
  }
  return most;
}

function mostOfRow(graph: Graph, limbs: readonly Variable[]): bigint {
  return limbs.reduce(
    (sum, each, i) => sum + ((domainOf(graph, each)?.most ?? limb) << BigInt(limbOffsets[i]!)),
    65535n,
  );
}

/** k for a value k / 2^fraction, as an element of the field. */
export const stepsOf = ({ fraction }: Domain, value: bigint): bigint =>
  canonical(value << BigInt(fraction));

export const holds = (domain: Domain, value: bigint): boolean =>
  stepsOf(domain, value) <= domain.most;

/** The element of the field that is k / 2^fraction. */
export const valueOf = ({ fraction }: Domain, k: bigint): bigint =>
  fraction === 0 ? canonical(k) : canonical(k * inverse(1n << BigInt(fraction)));

export const greatestOf = (domain: Domain): bigint => valueOf(domain, domain.most);
