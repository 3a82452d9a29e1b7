// The first schema of these books. What the protocol promises is a constraint wherever SQL can say it:
//   a client has one registration that is not superseded; its epoch never changes; an epoch is closed by one window;
//   a registration compensates for a window of the books; it is used with no window before its epoch;
//   each accepted verdict has its commitment; a registration has one for each window at most.
const digest = (column: string): string => `${column} ~ '^[0-9a-f]{64}$'`;
const root = (column: string): string => `${column} ~ '^(0|[1-9][0-9]{0,77})$'`;

/** Rows of which nothing is ever changed, but for some columns. */
const lasting = (table: string, columns: readonly string[]): string => {
  const row = (of: string): string => `(${columns.map((column) => `${of}.${column}`).join(', ')})`;
  return `create trigger ${table}_last before update on ${table} for each row
    when (${row('old')} is distinct from ${row('new')}) execute function refuse_change()`;
};

export const columns: readonly string[] = [
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
  `create table registrations (
     number integer generated always as identity unique,
     digest text primary key check (${digest('digest')}),
     client text not null check (client <> ''),
     plan_digest text not null check (${digest('plan_digest')}),
     root text not null check (${root('root')}),
     unscoped text not null check (${digest('unscoped')}),
     window_digest text references windows (digest),
     signer text not null check (signer <> ''),
     document text not null check (document::json is not null),
     epoch integer not null check (epoch >= 1),
     superseded_by text check (superseded_by <> digest)
       references registrations (digest) deferrable initially deferred,
     recorded_at timestamptz not null default now(),
     unique (digest, epoch)
   )`,
  `create unique index one_current_registration on registrations (client)
     where superseded_by is null`,
  lasting('registrations', [
    ...['number', 'digest', 'client', 'plan_digest', 'root', 'unscoped', 'window_digest'],
    ...['signer', 'document', 'epoch', 'recorded_at'],
  ]),
  `create trigger superseded_once before update on registrations for each row
     when (old.superseded_by is not null and new.superseded_by is distinct from old.superseded_by)
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
     foreign key (registration_digest, registration_epoch) references registrations (digest, epoch),
     foreign key (window_digest, epoch) references windows (digest, epoch),
     foreign key (verdict, registration_digest, window_digest)
       references verdicts (number, accepted_registration, accepted_window),
     check (registration_epoch <= epoch)
   )`,
];
