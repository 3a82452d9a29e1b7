// A program as text, proved and verified.
import { expect, test } from 'vitest';
import { withFiles } from './lethe.ts';
import { start } from './start.ts';

const half = `circuit half [size=2]
  secret x : q12.4[2]
  %1 = rescale x to=q9.1 : q9.1[2]
  expose %1 name="y"
`;

test('prove and verify', { timeout: 240_000 }, () =>
  withFiles({ 'half.lethe': half, 'in.json': '{ "x": [0.5, 1.5] }' }, async (path) => {
    const [text, proof, key] = [path('half.lethe'), path('proof.json'), path('key.json')];
    const args = [text, '--inputs', path('in.json'), '--out', proof, '--key', key];
    expect((await start('prove', ...args)).exit).toBe(0);
    const verified = await start('verify', proof, '--circuit', text, '--key', key, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, public: { y: [0.5, 1.5] } });
  }),
);
