// The first schema. What the protocol promises is a constraint wherever SQL can say it:
//   a client has one registration that is not superseded; an epoch is closed by one window;
//   one accepted verdict for each registration and window; each step of a client's commitments has its verdict.
const digest = (column: string): string => `${column} ~ '^[0-9a-f]{64}$'`;
const root = (column: string): string => `${column} ~ '^(0|[1-9][0-9]{0,77})$'`;

export const first: readonly string[] = [
  `create table books (
     only_row boolean primary key default true check (only_row),
     epoch integer not null default 1 check (epoch >= 1),
     plan_digest text check (${digest('plan_digest')})
   )`,
  `insert into books default values`,
  `create table registrations (
     number integer generated always as identity unique,
     digest text primary key check (${digest('digest')}),
     client text not null check (client <> ''),
     plan_digest text not null check (${digest('plan_digest')}),
     root text not null check (${root('root')}),
     unscoped text not null check (${digest('unscoped')}),
     document text not null check (document::json is not null),
     epoch integer not null check (epoch >= 1),
     superseded_by text check (superseded_by <> digest)
       references registrations (digest) deferrable initially deferred,
     recorded_at timestamptz not null default now()
   )`,
  `create unique index one_current_registration on registrations (client)
     where superseded_by is null`,
  `create table windows (
     digest text primary key check (${digest('digest')}),
     mask_digest text not null check (${digest('mask_digest')}),
     document text not null check (document::json is not null),
     epoch integer not null unique check (epoch >= 1),
     recorded_at timestamptz not null default now()
   )`,
  // A refused bundle may name a registration or a window that does not exist; an accepted one may not.
  `create table verdicts (
     number integer generated always as identity primary key,
     bundle_digest text not null check (${digest('bundle_digest')}),
     registration_digest text not null check (${digest('registration_digest')}),
     window_digest text not null check (${digest('window_digest')}),
     accepted boolean not null,
     reason_code text,
     reason_text text,
     root_before text not null check (${root('root_before')}),
     root_after text not null check (${root('root_after')}),
     measured jsonb not null check (jsonb_typeof(measured) in ('object', 'array')),
     recorded_at timestamptz not null default now(),
     accepted_registration text references registrations (digest)
       generated always as (case when accepted then registration_digest end) stored,
     accepted_window text references windows (digest)
       generated always as (case when accepted then window_digest end) stored,
     check (accepted = (reason_code is null) and accepted = (reason_text is null))
   )`,
  `create unique index one_accepted_bundle on verdicts (bundle_digest) where accepted`,
  `create unique index one_accepted_verdict on verdicts (registration_digest, window_digest)
     where accepted`,
  `create index verdicts_of_a_bundle on verdicts (bundle_digest)`,
  `create table commitments (
     registration_digest text not null references registrations (digest),
     sequence integer not null check (sequence >= 0),
     root text not null check (${root('root')}),
     unscoped text not null check (${digest('unscoped')}),
     verdict integer unique references verdicts (number),
     primary key (registration_digest, sequence),
     check ((sequence = 0) = (verdict is null))
   )`,
];
