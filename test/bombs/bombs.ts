// Files that ask for much more work than they are long: what reads each, and the codes with which it may refuse it.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { compileProgram } from '../../compiler/compile.ts';
import {
  openSafetensors,
  readJsonObject,
  readSafetensors,
  readText as readFileText,
} from '../../compiler/files/index.ts';
import { parseJsonTensors, tensorLimits } from '../../compiler/inputs/json.ts';
import { readProgramText } from '../../compiler/program/text/file.ts';
import { parse } from '../../compiler/program/text/parse.ts';
import { keyFileLimits, parseKeyFile } from '../../compiler/prover/key-file.ts';
import { parseProofFile, proofFileLimits } from '../../compiler/prover/proof-file.ts';
import { maskLimits, planLimits, windowLimits } from '../../stdlib/apex/documents/limits.ts';
import { parsePlan } from '../../stdlib/apex/documents/plan.ts';
import { parseRegistration } from '../../stdlib/apex/documents/registration.ts';
import { parseMask } from '../../stdlib/apex/documents/mask.ts';
import { readWindow } from '../../stdlib/apex/documents/window.ts';
import { readText } from '../../stdlib/apex/provider/folder.ts';

export interface Bomb {
  readonly name: string;
  readonly codes: readonly string[];
  /** Writes the file. */
  make(file: string): Promise<void>;
  /** As the commands read it. */
  read(file: string): Promise<unknown>;
}

/** A million bytes; a test takes fewer, and limits are exceeded all the same. */
const MB = process.env['LETHE_BOMBS'] === 'small' ? 200_000 : 1_000_000;

/** `before`, then `piece` as often as it takes to reach so many bytes, then `after`. */
const repeated =
  (piece: string, bytes: number, { before = '', after = '' } = {}) =>
  async (file: string): Promise<void> => {
    const stream = createWriteStream(file);
    stream.write(before);
    const many = piece.repeat(Math.ceil(MB / 10 / piece.length));
    for (let written = 0; written < bytes; written += many.length)
      if (!stream.write(many)) await once(stream, 'drain');
    stream.end(after);
    await once(stream, 'close');
  };

/** A safetensors file whose header is this text, and nothing else. */
const headed = (make: (file: string) => Promise<void>, bytes: number) => (file: string) =>
  make(file).then(async () => {
    const { open } = await import('node:fs/promises');
    const handle = await open(file, 'r+');
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes));
    await handle.write(length, 0, 8, 0);
    await handle.close();
  });

const registration = async (file: string) => parseRegistration(await readText(file), file);
const tensors = async (file: string) => {
  const limits = tensorLimits(100);
  return parseJsonTensors(await readFileText(file, limits), file, limits);
};
const program = async (file: string) => compileProgram(parse(readProgramText(file), file));
const parsed = (text: string) => async () => parseJsonTensors(text, 'text');

const signed = '{"lethe":"apex-plan","version":3,"model":"';

export const bombs: readonly Bomb[] = [
  {
    name: 'registration: 40 MB of [[[[',
    codes: ['too-large'],
    make: repeated('[', 40 * MB),
    read: registration,
  },
  {
    name: 'plan: 100 MB of [[[[',
    codes: ['bad-document'],
    make: repeated('[', 100 * MB, { before: '{"lethe":' }),
    read: async (file) => parsePlan(await readText(file, planLimits), file),
  },
  {
    name: 'plan: 40 MB of {"a":{"a":',
    codes: ['bad-document'],
    make: repeated('{"a":', 40 * MB),
    read: async (file) => parsePlan(await readText(file, planLimits), file),
  },
  {
    name: 'plan: 40 MB of [],[],[],',
    codes: ['bad-document'],
    make: repeated('[],', 40 * MB, { before: '[', after: '[]]' }),
    read: async (file) => parsePlan(await readText(file, planLimits), file),
  },
  {
    name: 'plan: 40 MB in one string',
    codes: ['bad-document'],
    make: repeated('a', 40 * MB, { before: signed, after: '"}' }),
    read: async (file) => parsePlan(await readText(file, planLimits), file),
  },
  {
    name: 'plan: 40 MB of different keys',
    codes: ['bad-document'],
    make: async (file) => {
      const stream = createWriteStream(file);
      stream.write('{');
      for (let i = 0; i < 3 * MB; i += 1000)
        if (!stream.write(Array.from({ length: 1000 }, (_, j) => `"k${i + j}":0,`).join('')))
          await once(stream, 'drain');
      stream.end('"k":0}');
      await once(stream, 'close');
    },
    read: async (file) => parsePlan(await readText(file, planLimits), file),
  },
  {
    name: 'window: 100 MB of [[[[',
    codes: ['bad-document'],
    make: repeated('[', 100 * MB),
    read: async (file) => readWindow(await readText(file, windowLimits()), file),
  },
  {
    name: 'mask: 100 MB of [[[[, for a plan of 1000 weights',
    codes: ['too-large'],
    make: repeated('[', 100 * MB),
    read: async (file) => parseMask(await readText(file, maskLimits(1000)), file),
  },
  {
    name: 'tensors: 40 MB of [[[[, for 100 elements',
    codes: ['too-large'],
    make: repeated('[', 40 * MB, { before: '{"x":' }),
    read: tensors,
  },
  {
    name: 'tensors: 100 MB of [[[[, any number of elements',
    codes: ['too-large'],
    make: (file) => writeFile(file, ''),
    read: () => parsed('['.repeat(100 * MB))(),
  },
  {
    name: 'tensors: 40 MB of [],[],[],, any number of elements',
    codes: ['too-large'],
    make: (file) => writeFile(file, ''),
    read: () => parsed(`{"x":[${'[],'.repeat(40_000_000 / 3)}[]]}`)(),
  },
  {
    name: 'tensors: an integer of 40 million digits',
    codes: ['bad-value'],
    make: (file) => writeFile(file, ''),
    read: () => parsed(`{"x":"${'7'.repeat(40 * MB)}"}`)(),
  },
  {
    name: 'tensors: as many [] as are read, any number of elements',
    codes: ['accepted'],
    make: (file) => writeFile(file, ''),
    read: () => parsed(`{"x":[${'[],'.repeat(4_000_000)}[]]}`)(),
  },
  {
    name: 'index of a model: 100 MB of [[[[',
    codes: ['too-large'],
    make: repeated('[', 100 * MB),
    read: readJsonObject,
  },
  {
    name: 'proof: 40 MB of [[[[',
    codes: ['too-large', 'bad-proof'],
    make: repeated('[', 40 * MB),
    read: async (file) => parseProofFile(await readFileText(file, proofFileLimits()), file),
  },
  {
    name: 'key: 40 MB of [[[[',
    codes: ['too-large'],
    make: repeated('[', 40 * MB),
    read: async (file) => parseKeyFile(await readFileText(file, keyFileLimits), file),
  },
  {
    name: 'safetensors: a header of 99 MB of [[[[',
    codes: ['too-large'],
    make: headed(repeated('[', 99 * MB, { before: '        ' }), 99 * MB),
    read: openSafetensors,
  },
  {
    name: 'safetensors: a header of 15 MB of [],[],[],',
    codes: ['too-large'],
    make: headed(repeated('[],', 15_000_000, { before: '        {"t":[' }), 15_000_000),
    read: openSafetensors,
  },
  {
    name: 'safetensors: 200 000 tensors without elements',
    codes: ['too-large'],
    make: async (file) => {
      const shape = '{"dtype":"F32","shape":[0,9007199254740991],"data_offsets":[0,0]}';
      const names = Array.from({ length: 200_000 }, (_, i) => `"t${i}":${shape}`);
      const header = Buffer.from(`{${names.join(',')}}`);
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      await writeFile(file, Buffer.concat([length, header]));
    },
    read: (file) => readSafetensors(file),
  },
  {
    name: 'program: 145 bytes for 27 million products',
    codes: ['too-much-work'],
    make: (file) =>
      writeFile(
        file,
        'circuit c\nsecret x : q8.0[300,300]\nsecret y : q8.0[300,300]\n%2 = contract x y subscripts="ij,jk->ik" : q24.0[300,300]\nexpose %2 name="z"\n',
      ),
    read: program,
  },
  {
    name: 'program: 40 MB of [[[[',
    codes: ['too-large'],
    make: repeated('[', 40 * MB),
    read: program,
  },
  {
    name: 'program: 15 MB of signs',
    codes: ['too-large'],
    make: repeated('= : [ ] , ', 15 * MB),
    read: program,
  },
  {
    name: 'program: as many signs as are read',
    codes: ['bad-text'],
    make: (file) => writeFile(file, `circuit c\n${`${'[ '.repeat(50)}\n`.repeat(9900)}`),
    read: program,
  },
  {
    name: 'program: 150 000 lines that are none',
    codes: ['bad-text'],
    make: (file) => writeFile(file, '@\n'.repeat(150_000)),
    read: program,
  },
  {
    name: 'program: a number of 15 million digits',
    codes: ['bad-attribute'],
    make: repeated('7', 14 * MB, {
      before: 'circuit c\nsecret x : q8.0[]\n%1 = scale x factor=',
      after: ' fraction=0 : q8.0[]\nexpose %1 name="y"\n',
    }),
    read: program,
  },
  {
    name: 'any of them: a file of a terabyte',
    codes: ['too-large'],
    make: async (file) => {
      await writeFile(file, '');
      await truncate(file, 2 ** 40);
    },
    read: registration,
  },
];
