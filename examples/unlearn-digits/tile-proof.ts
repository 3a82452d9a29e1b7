/**
 * Proves a tile of blocks and verifies it as two parties would: the client's `lethe prove` and the provider's
 * `lethe verify` are processes of their own and meet in files only.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atomicWrite } from '../../compiler/files/atomic-write.ts';
import { writeSafetensors } from '../../compiler/files/safetensors.ts';
import { modulus } from '../../compiler/numbers/field.ts';
import { blockTensors, type TouchedBlock } from './blocks.ts';

const circuitFile = fileURLToPath(new URL('./circuit.ts', import.meta.url));
const command = fileURLToPath(new URL('../../dist/compiler/cli/main.js', import.meta.url));

/** What `lethe prove --json` says, as far as it is shown. */
interface ProofReport {
  readonly rows: number;
  readonly proofBytes: number;
  readonly seconds: { readonly compile: number; readonly prove: number };
  /** Bytes. */
  readonly peakMemory: number;
}

export interface TileReport extends ProofReport {
  /** Seconds of the verification itself, in a fresh process that reads proof and key. */
  readonly verifySeconds: number;
  readonly fileBytes: number;
}

/** Writes the tile's inputs, proof and key into `folder`. Throws when a process fails or the proof is refused. */
export async function proveTile(
  blocks: readonly TouchedBlock[],
  size: number,
  folder: string,
): Promise<TileReport> {
  const [tile, salts, expected, proof, key] = [
    'tile.safetensors',
    'salts.json',
    'mask.json',
    'proof.json',
    'key.json',
  ].map((name) => join(folder, name)) as [string, string, string, string, string];
  const tensors = blockTensors(blocks);
  await writeSafetensors(tile, {
    tensors: new Map(
      [...tensors].map(([name, { shape, values }]) => [
        name,
        { shape: [...shape], data: Float64Array.from(values, Number) },
      ]),
    ),
  });
  await atomicWrite(salts, JSON.stringify({ salts: blocks.map(() => [1, 2, 3].map(salt)) }));
  const masks = blocks.map(({ mask }) => [...mask]);
  await atomicWrite(expected, JSON.stringify({ mask: masks }));
  const circuit = [
    ...['--name', 'unlearn-digits', '--json'],
    ...['--set', `blocks=${blocks.length}`, '--set', `size=${size}`],
  ];
  const inputs = ['--inputs', tile, '--inputs', salts, '--out', proof, '--key', key];
  const proved = await lethe<ProofReport>(['prove', circuitFile, ...circuit, ...inputs]);
  const verified = await lethe<{ seconds: number }>([
    ...['verify', proof, '--circuit', circuitFile, ...circuit],
    ...['--key', key, '--expect', expected],
  ]);
  return { ...proved, verifySeconds: verified.seconds, fileBytes: (await stat(proof)).size };
}

/** A uniform field element as a string of digits. */
function salt(): string {
  for (;;) {
    const drawn = BigInt(`0x${randomBytes(32).toString('hex')}`) >> 1n;
    if (drawn < modulus) return drawn.toString();
  }
}

/** Runs the command and returns its JSON. */
async function lethe<T>(args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [command, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (exit !== 0) throw new Error(`lethe ${args[0]} ended with ${exit}: ${output}`);
  return JSON.parse(output) as T;
}
