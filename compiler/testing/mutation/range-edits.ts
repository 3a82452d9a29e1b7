// Range checks made wider by one bit, or left out.
import type { Variable } from '../../constraints/expression.ts';
import { type Gate, type GateOf } from '../../constraints/gates.ts';
import { gatesByVariable, type ConstraintSystem } from '../../constraints/system.ts';
import { canonical } from '../../numbers/field.ts';
import type { Edit, Extension } from './edit.ts';

/** Variables with a 12-bit check, and those of which 2^k times the value has one, too. */
export interface Checks {
  readonly whole: ReadonlySet<Variable>;
  readonly scaled: ReadonlySet<Variable>;
  /** Limbs of 64-bit rows, and those of them that stand in no other gate. */
  readonly limbs: ReadonlySet<Variable>;
  readonly unread: ReadonlySet<Variable>;
  /** The number of the next new variable. */
  readonly next: Variable;
}

export function checksOf(system: ConstraintSystem): Checks {
  const { gates, variables, ports } = system;
  const limbsOf = (kind: 'range12' | 'range64'): Set<Variable> =>
    new Set(gates.flatMap(({ gate }) => (gate.kind === kind ? gate.limbs : [])));
  const whole = limbsOf('range12');
  const scaled = new Set(
    gates.flatMap(({ gate }) => (gate.kind === 'linear' ? (scaledIn(gate, whole) ?? []) : [])),
  );
  const limbs = limbsOf('range64');
  const outside = new Set(ports.flatMap((port) => port.variables));
  const holders = gatesByVariable(system);
  const unread = new Set(
    [...limbs].filter((limb) => holders[limb]!.length === 1 && !outside.has(limb)),
  );
  return { whole, scaled, limbs, unread, next: variables };
}

/** v where the gate makes 2^k · v for a check of 12 bits. */
export function scaledIn(
  { terms, constant, out }: GateOf<'linear'>,
  whole: ReadonlySet<Variable>,
): Variable | undefined {
  const { coefficient, variable } = terms[0]!;
  const power = coefficient > 1n && coefficient <= 2048n && 4096n % coefficient === 0n;
  return terms.length === 1 && constant === 0n && power && whole.has(out) ? variable : undefined;
}

/** 2^k · v of 12 bits becomes 2^(k−1) · v: v may have a bit more. */
export function widenScaled(gate: GateOf<'linear'>, { whole }: Checks): Edit[] {
  const variable = scaledIn(gate, whole);
  if (variable === undefined) return [];
  const coefficient = gate.terms[0]!.coefficient / 2n;
  return [
    {
      kind: 'range widened',
      description: `12 bits of ${2n * coefficient} times the limb become 12 bits of ${coefficient} times it`,
      gate: { ...gate, terms: [{ coefficient, variable }] },
      refill: {
        output: gate.out,
        compute: (values) => [canonical(coefficient * values[variable]!)],
      },
    },
  ];
}

/** Each limb left out of its row, and those of full width given a 13th bit. */
export function editRange12(gate: GateOf<'range12'>, checks: Checks): Edit[] {
  return gate.limbs.flatMap((limb, part) => {
    if (gate.limbs.indexOf(limb) !== part) return [];
    const other = gate.limbs.find((each) => each !== limb);
    const withLimb = (variable: Variable): Gate => ({
      ...gate,
      limbs: gate.limbs.map((each) => (each === limb ? variable : each)) as [
        Variable,
        Variable,
        Variable,
        Variable,
      ],
    });
    const edits: Edit[] = [];
    if (other !== undefined)
      edits.push({
        kind: 'limb dropped',
        description: `limb ${part} of the row is not checked`,
        part,
        gate: withLimb(other),
      });
    if (!checks.scaled.has(limb))
      edits.push({
        kind: 'range widened',
        description: `limb ${part} of the row may have 13 bits`,
        part,
        gate: withLimb(checks.next),
        extension: split(limb, 12, checks),
      });
    return edits;
  });
}

export function editRange64(gate: GateOf<'range64'>, checks: Checks): Edit[] {
  const [a, b, c, d] = gate.limbs;
  return [
    {
      kind: 'range widened',
      description: 'the value may have 65 bits',
      gate: { ...gate, value: checks.next },
      extension: split(gate.value, 64, checks),
    },
    {
      kind: 'wires swapped',
      description: 'limbs 0 and 1',
      gate: { ...gate, limbs: [b, a, c, d] },
      ...(checks.unread.has(a) && checks.unread.has(b) ? { exchange: [a, b] as const } : {}),
    },
  ];
}

/** A limb of a row above the width of its check. */
export function widenZero({ variable, value }: GateOf<'constant'>, { limbs }: Checks): Edit[] {
  if (value !== 0n || !limbs.has(variable)) return [];
  return [
    {
      kind: 'range widened',
      description: 'a limb that must be 0 may be 1',
      gate: { kind: 'boolean', variable },
    },
  ];
}

/** A bit may be 0 to 3. */
export function widenBoolean({ variable }: GateOf<'boolean'>, checks: Checks): Edit {
  const { gates, ...rest } = split(variable, 1, checks);
  return {
    kind: 'range widened',
    description: 'a bit may be 0 to 3',
    gate: { kind: 'boolean', variable: checks.next },
    extension: { gates, ...rest },
  };
}

/** variable = low + 2^bits · bit, for two new variables. */
function split(variable: Variable, bits: number, { next }: Checks): Extension {
  const weight = 1n << BigInt(bits);
  const [low, bit] = [next, next + 1];
  return {
    variables: [low, bit],
    compute: (values) => {
      const high = (values[variable]! >> BigInt(bits)) & 1n;
      return [canonical(values[variable]! - weight * high), high];
    },
    gates: [
      { kind: 'boolean', variable: bit },
      {
        kind: 'linear',
        terms: [
          { coefficient: 1n, variable: low },
          { coefficient: weight, variable: bit },
        ],
        constant: 0n,
        out: variable,
      },
    ],
  };
}
