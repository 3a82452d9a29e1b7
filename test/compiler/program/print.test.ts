// Goldens of the IR: what every example and stdlib circuit looks like as text.
import { expect, test } from 'vitest';
import { print } from '../../../compiler/program/print.ts';
import { runPasses } from '../../../compiler/passes/pipeline.ts';
import { compileOnce } from '../../compiled.ts';
import { stdlibCircuits } from '../../stdlib/circuits.ts';
import { examples } from '../../examples/circuits.ts';

const golden = (name: string): string => `../../golden/${name}.lethe`;

test.each(examples)('$name', async ({ name, circuit: example }) => {
  await expect(print(compileOnce(example).program)).toMatchFileSnapshot(golden(name));
});

test.each(stdlibCircuits)('$name', async (each) => {
  await expect(print(runPasses(each.build()))).toMatchFileSnapshot(golden(each.name));
});
