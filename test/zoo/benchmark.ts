// All specimens: twins, right circuits that look suspicious, and the faults of the catalogue with the net that is made for each.
import { readdir } from 'node:fs/promises';
import { compileCircuit } from '../../compiler/compile.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import type { AnyCircuit } from '../../dsl/index.ts';
import type { Answer, Beside } from './answer.ts';
import type { Suspicious } from './right.ts';
import type { Specimen } from './specimen.ts';
import type { Twins } from './twins.ts';

export interface Case extends Partial<Beside> {
  readonly name: string;
  /** Relative to this folder. */
  readonly file: string;
  readonly answer: Answer;
  /** The line that makes somebody take a right circuit for broken. */
  readonly suspicion?: string;
  /** Absent where an operation has a lowering of its own. */
  readonly circuit?: AnyCircuit;
  /** Throws a LetheError where the circuit is refused. */
  readonly build: () => LoweredProgram;
}

async function load<T>(folder: string): Promise<readonly (T & { readonly file: string })[]> {
  const at = new URL(`./${folder}/`, import.meta.url);
  const names = (await readdir(at)).filter((name) => name.endsWith('.ts')).sort();
  return Promise.all(
    names.map(async (name) => {
      const { default: found } = (await import(new URL(name, at).href)) as { default: T };
      return { ...found, file: `${folder}/${name}` };
    }),
  );
}

export const twins = await load<Twins>('twins');
export const suspicious = await load<Suspicious>('right');
export const faults = await load<Specimen>('faults');

const pair = ({
  broken,
  right,
  fault,
  attack,
  shows,
  nets,
  repair,
  ...beside
}: (typeof twins)[number]): Case[] => [
  {
    ...beside,
    name: `${beside.name}-broken`,
    answer: { is: 'broken', fault, attack, shows, nets },
    circuit: broken,
    build: () => compileCircuit(broken),
  },
  {
    ...beside,
    answer: { is: 'right', because: repair },
    circuit: right,
    build: () => compileCircuit(right),
  },
];

const lone = ({ right, lowered, because, ...beside }: (typeof suspicious)[number]): Case => ({
  ...beside,
  answer: { is: 'right', because },
  ...(lowered ? {} : { circuit: right }),
  build: () => (lowered ?? compileCircuit)(right),
});

const fault = ({ file, fault, attack, net, build }: (typeof faults)[number]): Case => ({
  name: file.replace(/^.*\/|\.ts$/g, ''),
  file,
  answer: { is: 'broken', fault, attack, shows: 'circuit', nets: [net] },
  build,
});

/** The specimens whose name holds `only`, in a fixed order. */
export const cases = (only?: string): readonly Case[] =>
  [...twins.flatMap(pair), ...suspicious.map(lone), ...faults.map(fault)].filter(
    ({ name }) => only === undefined || name.includes(only),
  );
