// Where the rows of a circuit go: every recorded gate by the op that emitted it, its kind and its purpose. The parts sum to
// the rows of the circuit exactly.
import type { GateKind } from '../constraints/gates.ts';
import { countRows, rowsByLine, totalRows } from '../constraints/rows.ts';
import type { ConstraintSystem, RecordedGate } from '../constraints/system.ts';
import { isOpaque } from '../ir/format.ts';
import { declaredInput, portsOf } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';

export const purposes = ['opening', 'range', 'arithmetic', 'hashing', 'linking'] as const;

/**
 * opening     sums of lanes: values into the field elements that a commitment absorbs, or out of them
 * range       range checks and booleans, with the sums that link inputs to their limbs and the shifted copies of narrow limbs
 * arithmetic  products and sums of the transform itself
 * hashing     permutations
 * linking     public values, constants, and the half row that fills up an odd number
 */
export type Purpose = (typeof purposes)[number];

export interface Part {
  /** The op's name; `circuit` for what belongs to no line. */
  readonly op: string;
  readonly kind: GateKind | 'public';
  readonly purpose: Purpose;
  readonly rows: number;
}

export interface Attribution {
  /** Most rows first; parts without rows are left out. */
  readonly parts: readonly Part[];
  readonly rows: number;
}

/** The purpose of a gate by its kind, where that alone says it. */
const purposeOfKind: Readonly<Record<GateKind, Purpose | undefined>> = {
  product: undefined,
  linear: undefined,
  boolean: 'range',
  equal: 'linking',
  constant: 'linking',
  range12: 'range',
  range64: 'range',
  poseidon: 'hashing',
};

export function attributeRows({ program, system }: LoweredProgram): Attribution {
  const counts = countRows(system);
  const parts = [...gateParts(program, system), ...publicParts(program)];
  const rows = totalRows(counts);
  const rest = rows - parts.reduce((sum, part) => sum + part.rows, 0);
  return { parts: merged([...parts, { ...ofCircuit, rows: rest }]), rows };
}

/** Constants, paid for once each, and the filling. */
const ofCircuit = { op: 'circuit', kind: 'constant', purpose: 'linking' } as const;

function gateParts(program: Program, system: ConstraintSystem): Part[] {
  const checked = pooled(system);
  const groups = new Map<string, RecordedGate[]>();
  for (const recorded of system.gates) {
    const name = `${recorded.gate.kind} ${isShiftedCopy(recorded, checked) ? 'range' : ''}`;
    const group = groups.get(name);
    if (group) group.push(recorded);
    else groups.set(name, [recorded]);
  }
  return [...groups.values()].flatMap((gates) => {
    const { kind } = gates[0]!.gate;
    const known = isShiftedCopy(gates[0]!, checked) ? 'range' : purposeOfKind[kind];
    return [...rowsByLine({ ...system, gates })].map(([line, rows]): Part => {
      return {
        op: program.lines[line]!.op,
        kind,
        purpose: known ?? purposeOf(program, line),
        rows,
      };
    });
  });
}

/** Of products and sums. An input has nothing to compute: they link it to the limbs that it is checked by. */
function purposeOf(program: Program, line: number): Purpose {
  if (declaredInput(program.lines[line]!)) return 'range';
  return isCommitment(program, line) ? 'opening' : 'arithmetic';
}

/** A line that takes or gives field elements without a real value is about commitments. */
const isCommitment = ({ lines }: Program, line: number): boolean =>
  [line, ...lines[line]!.arguments].some((each) => isOpaque(lines[each]!.type.format));

function pooled({ gates }: ConstraintSystem): ReadonlySet<number> {
  const variables = new Set<number>();
  for (const { gate } of gates)
    if (gate.kind === 'range12') gate.limbs.forEach((limb) => variables.add(limb));
  return variables;
}

/** 2^k · x = y for a y that is checked to have 12 bits: half of the check that x has fewer. */
function isShiftedCopy({ gate }: RecordedGate, checked: ReadonlySet<number>): boolean {
  if (gate.kind !== 'linear' || gate.terms.length > 1 || gate.constant !== 0n) return false;
  const { coefficient } = gate.terms[0]!;
  const isShift = (coefficient & (coefficient - 1n)) === 0n && coefficient <= 4096n;
  return isShift && checked.has(gate.out);
}

const publicParts = (program: Program): Part[] =>
  portsOf(program)
    .filter(({ visibility }) => visibility === 'public')
    .map(({ direction, type }) => ({
      op: direction === 'input' ? 'input' : 'expose',
      kind: 'public',
      purpose: 'linking',
      rows: sizeOf(type.shape),
    }));

/** One part for each op, kind and purpose. */
function merged(parts: readonly Part[]): Part[] {
  const byName = new Map<string, Part>();
  for (const part of parts) {
    const name = `${part.op} ${part.kind} ${part.purpose}`;
    byName.set(name, { ...part, rows: (byName.get(name)?.rows ?? 0) + part.rows });
  }
  return [...byName.values()].filter(({ rows }) => rows !== 0).sort((a, b) => b.rows - a.rows);
}

export type RowsByPurpose = Readonly<Record<Purpose, number>>;

export function rowsByPurpose({ parts }: Attribution): RowsByPurpose {
  const rows: Record<Purpose, number> = {
    opening: 0,
    range: 0,
    arithmetic: 0,
    hashing: 0,
    linking: 0,
  };
  for (const part of parts) rows[part.purpose] += part.rows;
  return rows;
}
