// A failure as a report, with a TypeScript file that shows it again.
import type { Program } from '../ir/program.ts';
import { hintsOf } from '../program/hints.ts';
import { builtInHints } from '../ops/shared/hints.ts';
import type { Attempt, Failure } from './failure.ts';
import type { Given } from './specification/specification.ts';

export function renderFailure({ circuit, law, given }: Attempt, failure: Failure): string {
  const { seed, inputs, message } = failure;
  const { program } = failure.circuit;
  const tensors = [...inputs.fixed].map(([name, values]) => {
    const reals = [...(inputs.real.get(name) ?? [NaN])];
    const real = reals.every(Number.isFinite) ? `, real: [${reals.join(', ')}]` : '';
    return `    ${JSON.stringify(name)}: { fixed: [${values.map((x) => `${x}n`).join(', ')}]${real} },`;
  });
  const source = sourceOf(program);
  const specified =
    law.includes('specification') && given.spec ? specificationOf(given) : undefined;
  return [
    `${circuit.name}: "${law}" does not hold: ${message}`,
    `seed ${seed}; the smallest sizes and inputs that were found, as a file to run with \`npx tsx\`:`,
    '',
    ...source.imports,
    ...(specified ? [specified.imports] : []),
    '',
    `replay(${source.module}, ${JSON.stringify(circuit.name)}, {`,
    `  law: ${JSON.stringify(law)},`,
    ...(source.isText ? [] : [`  parameters: ${JSON.stringify(program.parameters)},`]),
    '  inputs: {',
    ...tensors,
    '  },',
    ...(specified?.options ?? []),
    '});',
    '',
  ].join('\n');
}

/** How the file gets the circuit. */
function sourceOf(program: Program) {
  const { file = './circuit.ts' } = program.lines.find(({ where }) => where)?.where ?? {};
  const path = file.startsWith('/') || file.startsWith('.') ? file : `./${file}`;
  if (!file.endsWith('.lethe'))
    return {
      isText: false,
      imports: [`import { replay } from 'lethe/testing';`, `import * as file from '${path}';`],
      module: 'file',
    };
  const hints = [...hintsOf(program).keys()].filter((name) => !builtInHints.has(name));
  const defines = hints.map((name) => JSON.stringify(name)).join(', ');
  return {
    isText: true,
    imports: [
      `import { replay, textCircuit } from 'lethe/testing';`,
      ...(hints.length > 0 ? [`import './hints.ts'; // the module that defines ${defines}`] : []),
    ],
    module: `{ circuit: textCircuit('${path}') }`,
  };
}

/** A specification is code: nobody knows where it is written, but by what name. */
function specificationOf({ spec, within }: Given) {
  const known = spec?.name ?? '';
  const name = /^[A-Za-z_$][\w$]*$/.test(known) && known !== 'default' ? known : 'spec';
  return {
    imports: `import { ${name} } from './specification.ts'; // the file that your test takes it from`,
    options: [
      name === 'spec' ? '  spec,' : `  spec: ${name},`,
      ...(within === undefined ? [] : [`  within: ${JSON.stringify(within)},`]),
    ],
  };
}
