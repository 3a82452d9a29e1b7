// Random histories of the protocol, and how one is tried.
import fc from 'fast-check';
import {
  AnswerCommand,
  clientCommands,
  ContinueCommand,
  EnlistCommand,
} from './client-commands.ts';
import { recent, Sequence, type Command } from './command.ts';
import { otherAnswers } from './compare.ts';
import { forgeCommand } from './forge-command.ts';
import { Known } from './known.ts';
import {
  ForgeLinkCommand,
  forgeLinkCommand,
  forgedLink,
  LinkCommand,
  linkCommand,
  type ForgeLinkData,
} from './link-commands.ts';
import { paperCommand, PresumeCommand, presumeCommand } from './paper-command.ts';
import { DeedCommand, positions, providerCommands } from './provider-commands.ts';
import type { PlanChoice } from './plain.ts';
import type { Run, Site } from './run.ts';

const [deed, kill, two] = providerCommands;
const [enlist, continued, answer, erase] = clientCommands;

/** The usual next steps: a registration is sent, a bundle is sent. */
const enrolls = new DeedCommand({
  deed: { kind: 'enroll', seat: 0, replace: false, leaves: 'own' },
  lost: false,
});
const verifies = new DeedCommand({ deed: { kind: 'verify', sheet: 0 }, lost: false });
const then = (first: fc.Arbitrary<Command<unknown>>, next: Command<unknown>) =>
  first.map((each) => new Sequence([each, next]));
const answered = then(answer, verifies);
const links = new DeedCommand({ deed: { kind: 'link', tie: 0 }, lost: false });
const linked = then(linkCommand, links);

export interface Renewal {
  /** A number among the seats that can answer. */
  readonly seat: number;
  readonly member: number;
  /** Positions that the window masks that is issued before the link. */
  readonly meanwhile: readonly number[] | null;
  /** Whether the new registration is left to wait, answers before it is linked, or is linked. */
  readonly end: 'waits' | 'is early' | 'proves';
  /** A link that an attacker makes of that of the client, and sends first. */
  readonly forged: ForgeLinkData | null;
}

/** A client answers the last window, and registers anew. */
export function renewal({ seat, member, meanwhile, end, forged }: Renewal): Sequence {
  const own = { seat, anyone: false, window: 0, anew: false } as const;
  const answers = [new AnswerCommand({ ...own, stop: 'saved' }), verifies] as const;
  const early = [
    new PresumeCommand({ seat: 0 }),
    new AnswerCommand({ ...own, seat: 0, anyone: true, stop: 'written' }),
    verifies,
  ];
  const issues = (named: readonly number[]): DeedCommand =>
    new DeedCommand({ deed: { kind: 'issue', positions: named }, lost: false });
  const proof = [
    new LinkCommand({ seat: 0, challenge: 0 }),
    ...(forged ? [new ForgeLinkCommand(forged), new LinkCommand({ seat: 0, challenge: 0 })] : []),
    links,
  ];
  return new Sequence([
    ...answers,
    new ContinueCommand({ seat, anyone: false, member }),
    enrolls,
    ...(meanwhile ? [issues(meanwhile), ...answers] : []),
    ...(end === 'is early' ? early : []),
    ...(end === 'proves' ? proof : []),
  ]);
}

const renewed = fc
  .record<Renewal>({
    seat: recent,
    member: fc.nat(2),
    meanwhile: fc.option(positions),
    end: fc.constantFrom('waits', 'is early', 'proves', 'proves'),
    forged: fc.option(forgedLink, { freq: 2 }),
  })
  .map(renewal);

const weighted: readonly (readonly [number, fc.Arbitrary<Command<unknown>>])[] = [
  [5, deed],
  [1, enlist],
  [2, then(enlist, enrolls)],
  [2, answer],
  [5, answered],
  [1, continued],
  [2, then(continued, enrolls)],
  [4, renewed],
  [1, linkCommand],
  [2, linked],
  [1, forgeLinkCommand],
  [3, kill],
  [2, two],
  [2, forgeCommand],
  [3, fc.tuple(answer, forgeCommand).map((both) => new Sequence(both))],
  [1, paperCommand],
  [1, presumeCommand],
  [1, erase],
];

/** Histories of at most so many commands; some are several steps. */
export const histories = (maxCommands: number) =>
  fc.commands(
    weighted.flatMap(([weight, each]) => Array.from({ length: weight }, () => each)),
    { maxCommands, size: 'max' },
  );

export const start = fc.record({
  reregister: fc.constantFrom('linked', 'linked', 'any', 'never'),
  keeps: fc.constantFrom('root', 'root', 'leaves'),
  /** Clients that are enrolled before the history begins, and windows that are issued then. */
  clients: fc.nat(2),
  windows: fc.nat(2),
});

const prologue = (clients: number, windows: number): Command<unknown>[] => [
  ...(['ada', 'bob'] as const).slice(0, clients).flatMap((name, member) => [
    new EnlistCommand({
      ...{ name, member, replaces: null, consent: 'own', salt: 'own', window: 'none' },
    }),
    new DeedCommand({
      deed: { kind: 'enroll', seat: 0, replace: false, leaves: 'own' },
      lost: false,
    }),
  ]),
  ...[
    [0, 5],
    [1, 12],
  ]
    .slice(0, windows)
    .map((positions) => new DeedCommand({ deed: { kind: 'issue', positions }, lost: false })),
];

export type Start = PlanChoice & { readonly clients: number; readonly windows: number };

/** Tries a history from a start on. Throws where the world is not as the model says. */
export async function tryHistory(
  site: Site,
  { clients, windows, ...choice }: Start,
  history: Iterable<fc.AsyncCommand<Known, Run>>,
  proves = false,
): Promise<Known> {
  const run = await site.begin(choice, proves);
  const known = new Known(choice);
  try {
    for (const each of prologue(clients, windows)) await each.run(known, run);
    await fc.asyncModelRun(() => ({ model: known, real: run }), history);
    const found = await otherAnswers(run, known.plain);
    if (found.length > 0) throw new Error(found.join('\n'));
    return known;
  } finally {
    await run.remove();
  }
}
