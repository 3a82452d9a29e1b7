// The first schema of these books. What the protocol promises is a constraint wherever SQL can say it:
//   a client has one current registration and at most one pending one, whatever the case of its name; epochs never change;
//   a standing moves from pending to current or dropped, and from current to superseded; a pending registration names the current one;
//   a registration has one challenge; one link for a challenge is accepted; it is entered by a link iff that is there;
//   an epoch is closed by one window; a registration compensates for a window of the books; it is used with no window before its epoch;
//   each accepted verdict has its commitment; a registration has one for each window at most.
const digest = (column: string): string => `${column} ~ '^[0-9a-f]{64}$'`;
const root = (column: string): string => `${column} ~ '^(0|[1-9][0-9]{0,77})$'`;

/** Rows of which nothing is ever changed, but for some columns. */
const lasting = (table: string, columns: readonly string[]): string => {
  const row = (of: string): string => `(${columns.map((column) => `${of}.${column}`).join(', ')})`;
  return `create trigger ${table}_last before update on ${table} for each row
    when (${row('old')} is distinct from ${row('new')}) execute function refuse_change()`;
};

export const owners: readonly string[] = [
  `create function refuse_change() returns trigger language plpgsql as
     $$ begin raise exception 'what was entered in % never changes: this violates the books', tg_table_name; end $$`,
  `create table books (
     only_row boolean primary key default true check (only_row),
     epoch integer not null default 1 check (epoch >= 1),
     plan_digest text check (${digest('plan_digest')})
   )`,
  `insert into books default values`,
  `create table windows (
     digest text primary key check (${digest('digest')}),
     predecessor text unique references windows (digest) check (predecessor <> digest),
     document text not null check (document::json is not null),
     epoch integer not null unique check (epoch >= 1),
     recorded_at timestamptz not null default now(),
     unique (digest, epoch),
     check ((epoch = 1) = (predecessor is null))
   )`,
  lasting('windows', ['digest', 'predecessor', 'document', 'epoch', 'recorded_at']),
  // `name` is the client's in lower case. `continues` is `replaces` where the books have judged it; `awaits` while it is pending.
  `create table registrations (
     number integer generated always as identity unique,
     digest text primary key check (${digest('digest')}),
     client text not null check (client ~ '^[A-Za-z0-9]([A-Za-z0-9._@-]{0,98}[A-Za-z0-9])?$'),
     name text not null generated always as (lower(client)) stored,
     plan_digest text not null check (${digest('plan_digest')}),
     root text not null check (${root('root')}),
     unscoped text not null check (${digest('unscoped')}),
     window_digest text references windows (digest),
     signer text not null check (signer <> ''),
     replaces text check (${digest('replaces')} and replaces <> digest),
     document text not null check (document::json is not null),
     epoch integer not null check (epoch >= 1),
     standing text not null check (standing in ('pending', 'current', 'superseded', 'dropped')),
     entered text check (entered in ('first', 'consent', 'link', 'replace')),
     superseded_by text check (superseded_by <> digest),
     recorded_at timestamptz not null default now(),
     continues text
       generated always as (case when entered is distinct from 'replace' then replaces end) stored,
     awaits text generated always as (case when standing = 'pending' then replaces end) stored,
     awaited text generated always as (case when standing = 'pending' then 'current' end) stored,
     linked text generated always as (case when entered = 'link' then digest end) stored,
     check ((entered is null) = (standing in ('pending', 'dropped'))),
     check ((superseded_by is null) = (standing in ('pending', 'current'))),
     check (entered is not distinct from 'replace' or (entered is not distinct from 'first') = (replaces is null)),
     unique (digest, epoch),
     unique (digest, name),
     unique (digest, entered),
     unique (digest, replaces, epoch),
     unique (digest, name, standing),
     foreign key (continues, name) references registrations (digest, name),
     foreign key (superseded_by, name) references registrations (digest, name)
       deferrable initially deferred,
     foreign key (awaits, name, awaited) references registrations (digest, name, standing)
       deferrable initially deferred
   )`,
  `create unique index one_current_registration on registrations (name) where standing = 'current'`,
  `create unique index one_pending_registration on registrations (name) where standing = 'pending'`,
  `create unique index one_first_registration on registrations (name) where entered = 'first'`,
  `create index registrations_of_a_client on registrations (name)`,
  lasting('registrations', [
    ...['number', 'digest', 'client', 'plan_digest', 'root', 'unscoped', 'window_digest'],
    ...['signer', 'replaces', 'document', 'epoch', 'recorded_at'],
  ]),
  `create trigger standing_begins before insert on registrations for each row
     when (new.standing not in ('pending', 'current'))
     execute function refuse_change()`,
  `create trigger standing_moves before update on registrations for each row
     when ((old.standing, old.superseded_by) is distinct from (new.standing, new.superseded_by)
       and (old.standing, new.standing) not in
         (('pending', 'current'), ('pending', 'dropped'), ('current', 'superseded')))
     execute function refuse_change()`,
  `create trigger entered_once before update on registrations for each row
     when (old.entered is distinct from new.entered
       and (old.standing, new.standing) is distinct from ('pending', 'current'))
     execute function refuse_change()`,
  // A refused bundle may name a registration or a window that does not exist; an accepted one may not.
  `create table verdicts (
     number integer generated always as identity primary key,
     bundle_digest text not null check (${digest('bundle_digest')}),
     registration_digest text not null check (${digest('registration_digest')}),
     window_digest text not null check (${digest('window_digest')}),
     accepted boolean not null,
     reason_code text,
     reason_text text,
     kept text check (${root('kept')}),
     root_after text not null check (${root('root_after')}),
     measured jsonb not null check (jsonb_typeof(measured) in ('object', 'array')),
     recorded_at timestamptz not null default now(),
     accepted_registration text references registrations (digest)
       generated always as (case when accepted then registration_digest end) stored,
     accepted_window text references windows (digest)
       generated always as (case when accepted then window_digest end) stored,
     check (accepted = (reason_code is null) and accepted = (reason_text is null)),
     unique (number, accepted_registration, accepted_window)
   )`,
  `create unique index one_accepted_bundle on verdicts (bundle_digest) where accepted`,
  `create unique index one_accepted_verdict on verdicts (registration_digest, window_digest)
     where accepted`,
  `create index verdicts_of_a_bundle on verdicts (bundle_digest)`,
  `create table commitments (
     registration_digest text not null,
     registration_epoch integer not null,
     window_digest text not null,
     epoch integer not null,
     root text not null check (${root('root')}),
     verdict integer not null unique,
     primary key (registration_digest, epoch),
     unique (registration_digest, window_digest, root),
     foreign key (registration_digest, registration_epoch) references registrations (digest, epoch),
     foreign key (window_digest, epoch) references windows (digest, epoch),
     foreign key (verdict, registration_digest, window_digest)
       references verdicts (number, accepted_registration, accepted_window),
     check (registration_epoch <= epoch)
   )`,
  // The window is that of the epoch before the registration's; the commitments are those of the answer to it.
  `create table challenges (
     registration_digest text primary key,
     digest text not null unique check (${digest('digest')}),
     replaces text not null,
     epoch integer not null,
     window_digest text,
     window_epoch integer generated always as (nullif(epoch - 1, 0)) stored,
     commitments text check (${root('commitments')}),
     nonce text not null unique check (${digest('nonce')}),
     document text not null check (document::json is not null),
     recorded_at timestamptz not null default now(),
     foreign key (registration_digest, replaces, epoch)
       references registrations (digest, replaces, epoch),
     foreign key (window_digest, window_epoch) references windows (digest, epoch) match full,
     foreign key (replaces, window_digest, commitments)
       references commitments (registration_digest, window_digest, root)
   )`,
  lasting('challenges', [
    ...['registration_digest', 'digest', 'replaces', 'epoch', 'window_digest', 'commitments'],
    ...['nonce', 'document', 'recorded_at'],
  ]),
  `create function refuse_challenge() returns trigger language plpgsql as
     $$ begin
       if not exists (select from registrations
         where digest = new.registration_digest and standing = 'pending') then
         raise exception 'a challenge of a registration that is not pending violates the books';
       end if;
       return new;
     end $$`,
  `create trigger of_pending before insert on challenges for each row
     execute function refuse_challenge()`,
  `create table links (
     registration_digest text primary key references challenges (registration_digest),
     entered text not null default 'link' check (entered = 'link'),
     bundle_digest text not null check (${digest('bundle_digest')}),
     measured jsonb not null check (jsonb_typeof(measured) in ('object', 'array')),
     recorded_at timestamptz not null default now(),
     foreign key (registration_digest, entered) references registrations (digest, entered)
       deferrable initially deferred
   )`,
  lasting('links', ['registration_digest', 'bundle_digest', 'measured', 'recorded_at']),
  `alter table registrations add foreign key (linked) references links (registration_digest)
     deferrable initially deferred`,
];
