// Precision and recall, of each net and of all of them.
import { nets, type Net, type Shows } from './answer.ts';
import type { Case } from './benchmark.ts';
import type { Verdict } from './run.ts';

export interface Row {
  readonly net: Net;
  /** Broken specimens that name the net, and those of them that it finds. */
  readonly expected: number;
  readonly found: number;
  /** Broken specimens that it finds without being named. */
  readonly more: number;
  readonly falseAlarms: number;
  /** Processor time. */
  readonly seconds: number;
}

export interface Tally {
  readonly of: number;
  readonly found: number;
  readonly missed: readonly string[];
}

export interface Score {
  readonly rows: readonly Row[];
  /** Faults that a circuit shows by itself, against what `lethe audit` says. */
  readonly circuit: Tally;
  /** Faults that only a specification shows, against all nets. */
  readonly specification: Tally;
  readonly right: { readonly of: number; readonly alarms: readonly string[] };
  /** Broken specimens that name a net which does not find them, though another one may. */
  readonly missed: readonly { readonly name: string; readonly net: Net }[];
  readonly seconds: number;
}

export interface Judged {
  readonly specimen: Case;
  readonly verdict: Verdict;
}

export function scoreOf(judged: readonly Judged[]): Score {
  const right = judged.filter(({ specimen }) => specimen.answer.is === 'right');
  const total = (net: Net): number =>
    judged.reduce((sum, { verdict }) => sum + (verdict.seconds[net] ?? 0), 0);
  return {
    rows: nets.map((net) => ({ ...rowOf(net, judged), seconds: total(net) })),
    circuit: tally(judged, 'circuit'),
    specification: tally(judged, 'specification'),
    right: {
      of: right.length,
      alarms: right.filter(({ verdict }) => isFound(verdict)).map(({ specimen }) => specimen.name),
    },
    missed: judged.flatMap(({ specimen: { name, answer }, verdict }) =>
      answer.is === 'broken'
        ? answer.nets.filter((net) => !verdict.findings[net]).map((net) => ({ name, net }))
        : [],
    ),
    seconds: nets.reduce((sum, net) => sum + total(net), 0),
  };
}

/** Whether anything at all is reported. */
export const isFound = ({ findings }: Verdict): boolean => Object.keys(findings).length > 0;

function tally(judged: readonly Judged[], shows: Shows): Tally {
  const all = judged.filter(
    ({ specimen: { answer } }) => answer.is === 'broken' && answer.shows === shows,
  );
  const missed = all.filter(({ verdict }) => !isFound(verdict)).map(({ verdict }) => verdict.name);
  return { of: all.length, found: all.length - missed.length, missed };
}

function rowOf(net: Net, judged: readonly Judged[]): Omit<Row, 'seconds'> {
  let [expected, found, more, falseAlarms] = [0, 0, 0, 0];
  for (const { specimen, verdict } of judged) {
    const says = verdict.findings[net] !== undefined;
    const { answer } = specimen;
    if (answer.is === 'right') falseAlarms += Number(says);
    else if (answer.nets.includes(net)) {
      expected++;
      found += Number(says);
    } else more += Number(says);
  }
  return { net, expected, found, more, falseAlarms };
}
