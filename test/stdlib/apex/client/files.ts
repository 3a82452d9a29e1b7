// A client's model and gradients of random numbers, with a plan: two matrices, the blocks of 8 cut short at the ends of rows.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import { useNativePoseidon } from '../../../../compiler/prover/native-hashing.ts';
import type { RegisterOptions } from '../../../../stdlib/apex/client/register.ts';
import type { Plan } from '../../../../stdlib/apex/documents/plan.ts';
import {
  generateSigningKey,
  publicKeyOf,
  readSigningKey,
} from '../../../../stdlib/apex/documents/signature.ts';
import { seededUniform } from '../../../../stdlib/apex/explore/seeded.ts';
import {
  openExampleGradients,
  openModel,
  type Scope,
} from '../../../../stdlib/apex/model/index.ts';
import { makeSpec } from '../../../../stdlib/apex/step/index.ts';

/** 7 · 11 + 5 · 8 weights. */
export const scope: Scope = {
  blockSize: 8,
  tensors: [
    { name: 'first', shape: [7, 11], orientation: 'out-in' },
    { name: 'second', shape: [8, 5], orientation: 'in-out' },
  ],
};

export const examples = 3;

export const providerKey = readSigningKey(generateSigningKey());

export const plan: Plan = {
  model: '0'.repeat(64),
  scope,
  step: makeSpec({ size: 8, weightBits: 16, weightRange: 2 }),
  keeps: 'root',
  reregister: 'linked',
  link: 64,
  signer: publicKeyOf(providerKey),
};

/** Tensors with entries in [−scale, scale). */
export function tensors(
  seed: number,
  scale: number,
  { prefix = '', leading = [] }: { readonly prefix?: string; readonly leading?: number[] } = {},
): Map<string, { shape: number[]; data: Float32Array }> {
  const next = seededUniform(seed);
  const shapes = [...scope.tensors, ...(prefix ? [] : [{ name: 'head', shape: [3, 4] }])];
  return new Map(
    shapes.map(({ name, shape: own }) => {
      const shape = [...leading, ...own];
      const length = shape.reduce((a, b) => a * b, 1);
      const data = Float32Array.from({ length }, () => scale * (2 * next() - 1));
      return [`${prefix}${name}`, { shape, data }];
    }),
  );
}

export class Files {
  private constructor(readonly folder: string) {}

  /** From then on this process hashes natively, as the command does: registering hashes much. */
  static async make(): Promise<Files> {
    useNativePoseidon();
    return new Files(await mkdtemp(join(tmpdir(), 'lethe-client-')));
  }

  path = (name: string): string => join(this.folder, name);
  remove = (): Promise<void> => rm(this.folder, { recursive: true });

  /** Options that register into the folder `state`. */
  async options(
    state: string,
    { seed = 1, scale = 0.5 }: { readonly seed?: number; readonly scale?: number } = {},
  ): Promise<RegisterOptions> {
    const [model, gradients] = ['p', 'g'].map((name) => this.path(`${name}-${seed}-${scale}`));
    await writeSafetensors(`${model}.safetensors`, { tensors: tensors(seed, scale) });
    const rows = tensors(seed + 1, 0.1, { prefix: 'grad.', leading: [examples] });
    await writeSafetensors(`${gradients}.safetensors`, { tensors: rows });
    return {
      plan,
      client: 'alice',
      model: await openModel(`${model}.safetensors`),
      gradients: await openExampleGradients(`${gradients}.safetensors`, scope),
      damping: { relative: 1 },
      folder: this.path(state),
    };
  }
}
