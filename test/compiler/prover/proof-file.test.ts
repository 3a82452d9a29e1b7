// Proof and key files: what is written comes back, and nothing else is believed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../../../compiler/compile.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { parseKeyFile, renderKeyFile } from '../../../compiler/prover/key-file.ts';
import {
  parseProofFile,
  publicInputOfFile,
  renderProofFile,
  type ProofFile,
} from '../../../compiler/prover/proof-file.ts';
import { decodeProof } from '../../../compiler/targets/kimchi/proof-codec.ts';
import { bit, circuit, q } from '../../../dsl/index.ts';

const lowered = compileProgram(
  circuit('stated', {}, (c) => {
    const mask = c.public('mask', bit, [2]);
    mask.select(c.secret('x', q(8, 4), [2]), 0).expose('y');
  }).build(),
);
const file: ProofFile = {
  circuit: 'stated',
  parameters: {},
  digest: systemDigest(lowered.system),
  statement: new Map([
    ['mask', [1n, 0n]],
    ['y', [-128n, 0n]],
  ]),
  proof: Uint8Array.of(1, 2, 3),
};

test('a proof file comes back', () => {
  const parsed = parseProofFile(renderProofFile(file), 'p.json');
  expect(parsed).toEqual(file);
  expect(publicInputOfFile(parsed, lowered)).toEqual([1n, 0n, -128n, 0n]);
});

describe('statements that are refused', () => {
  const statement = (change: Record<string, bigint[]>) =>
    new Map(Object.entries({ mask: [1n, 0n], y: [-128n, 0n], ...change }));

  test.each([
    ['too few values', statement({ mask: [1n] }), 'has 1 values, 2 are expected'],
    ['a bit of 2', statement({ mask: [1n, 2n] }), '2 is no bit'],
    ['an output outside its format', statement({ y: [128n, 0n] }), '128 is no q8.4'],
    ['a tensor more', statement({ z: [1n] }), 'no public tensor "z"'],
    ['a tensor less', new Map([['mask', [1n, 0n]]]), 'public tensor "y" has 0 values'],
  ])('%s', (_, changed, message) => {
    expect(() => publicInputOfFile({ ...file, statement: changed }, lowered)).toThrow(message);
  });

  test('another circuit', () => {
    expect(() => publicInputOfFile({ ...file, digest: 'f'.repeat(64) }, lowered)).toThrow(
      'other-circuit',
    );
  });
});

const text = renderProofFile(file);

test.each([
  ['cut off', text.slice(0, -20)],
  ['a list', '[]'],
  ['null', 'null'],
  ['another version', text.replace('"version": 1', '"version": 2')],
  ['no digits', text.replace('"-128"', '"-1x"')],
  ['a leading zero', text.replace('"-128"', '"-0128"')],
  ['numbers for digits', text.replace('"-128"', '-128')],
  ['not base64', text.replace('"AQID"', '"AQ*D"')],
  ['base64 with spaces', text.replace('"AQID"', '"AQ ID"')],
  ['a parameter that is no number', text.replace('"parameters": {}', '"parameters": {"a": "1"}')],
])('a proof file that is %s is refused', (_, changed) => {
  expect(changed).not.toBe(text);
  expect(() => parseProofFile(changed, 'p.json')).toThrow(/error\[bad-proof\]: p\.json/);
});

test('a key file comes back; others are refused', () => {
  const key = { circuit: 'stated', digest: file.digest, key: 'abc' };
  expect(parseKeyFile(renderKeyFile(key), 'k.json')).toEqual(key);
  for (const bad of ['{}', 'null', '{', renderKeyFile(key).replace('"abc"', '7')])
    expect(() => parseKeyFile(bad, 'k.json')).toThrow(/error\[bad-key\]: k\.json/);
});

test('any bytes at all: the decoder of proofs refuses, and never breaks', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000 }), fc.boolean(), (bytes, lookups) => {
      try {
        decodeProof(bytes, { lookups });
      } catch (error) {
        expect(isLetheError(error) && error.diagnostics[0]!.code).toBe('bad-proof');
      }
    }),
  );
});
