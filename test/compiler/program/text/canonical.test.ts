// lethe fmt: one form for every program, comments kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { print } from '../../../../compiler/program/print.ts';
import { canonical } from '../../../../compiler/program/text/canonical.ts';
import { parse } from '../../../../compiler/program/text/parse.ts';
import { arbitraryProgram } from '../../../../compiler/testing/index.ts';

const form = (text: string): string => canonical(text, 'form.lethe');

test('numbers, order, spaces, blank lines and comments', () => {
  const text = `

#!/usr/bin/env lethe
#  what it is for
circuit   form[ size = 2 ]  # two


    # the input
secret x:q8.0[ 2 ]#narrow
\t%7=slice end=1   start=0 axis=0 x : q08.00[1]   # a part${'  '}


  %3 = add %7 %7 : q9.0[1]
  expose %3 name="\\u0079" # a long remark


# the end

`;
  expect(form(text)).toBe(`#!/usr/bin/env lethe
#  what it is for
circuit form [size=2]  # two

  # the input
  secret x : q8.0[2]                           #narrow
  %1 = slice x axis=0 start=0 end=1 : q8.0[1]  # a part

  %2 = add %1 %1 : q9.0[1]
  expose %2 name="y"                           # a long remark

# the end
`);
});

test('what is printed is canonical', () => {
  fc.assert(
    fc.property(arbitraryProgram(), (program) => {
      const text = print(program, (line) => (line % 2 === 0 ? `line ${line}` : undefined));
      expect(form(text)).toBe(text);
    }),
  );
});

test('however it is written: the same program, every comment, and nothing left to do', () => {
  const space = fc.constantFrom(' ', '   ', '\t');
  const comments = fc.array(fc.tuple(fc.nat(), fc.stringMatching(/^[ -~]*[!-~]$/), fc.boolean()));
  fc.assert(
    fc.property(arbitraryProgram(), space, comments, (program, wide, remarks) => {
      const lines = print(program).replaceAll(' ', wide).split('\n');
      for (const [where, remark, alone] of remarks) {
        const at = where % lines.length;
        if (alone) lines.splice(at, 0, '', `#${remark}`, '', '');
        else if (!lines[at]!.includes('#')) lines[at] += `#${remark}`;
      }
      const text = lines.join('\r\n');
      const formed = form(text);
      expect(print(parse(formed))).toBe(print(program));
      expect(formed.match(/#.*/g) ?? []).toEqual(text.match(/#.*/g) ?? []);
      expect(form(formed)).toBe(formed);
    }),
  );
});
