// The wasm backend, where there is no native one: a proof of either is verified by the other, in fresh processes.
import { expect, test } from 'vitest';
import { exampleFile, exampleInputs, withFiles } from '../../cli/lethe.ts';
import { startWith } from '../../cli/start.ts';

test.each([
  ['wasm', 'native'],
  ['native', 'wasm'],
])('proved with %s, verified with %s', { timeout: 400_000 }, (prover, verifier) =>
  withFiles({}, async (path) => {
    const [proof, key] = [path('proof.json'), path('key.json')];
    const made = ['--inputs', exampleInputs, '--out', proof, '--key', key, '--json'];
    const proved = await startWith({ O1JS_BACKEND: prover }, 'prove', exampleFile, ...made);
    expect(JSON.parse(proved.stdout)).toMatchObject({ ok: true });
    const verify = ['verify', proof, '--circuit', exampleFile, '--key', key, '--json'];
    const verified = await startWith({ O1JS_BACKEND: verifier }, ...verify);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
  }),
);
