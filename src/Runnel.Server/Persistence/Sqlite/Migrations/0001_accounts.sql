-- Accounts as ASP.NET Core Identity stores them, and the keys that sign cookies and tokens. Times are RFC 3339 UTC.

create table users (
  id text primary key not null,
  user_name text,
  normalized_user_name text,
  email text,
  normalized_email text,
  email_confirmed integer not null,
  password_hash text,
  security_stamp text,
  concurrency_stamp text,
  phone_number text,
  phone_number_confirmed integer not null,
  two_factor_enabled integer not null,
  lockout_end text,
  lockout_enabled integer not null,
  access_failed_count integer not null
);

create unique index users_by_name on users (normalized_user_name);
create unique index users_by_email on users (normalized_email);

create table user_claims (
  id integer primary key not null,
  user_id text not null references users (id) on delete cascade,
  claim_type text,
  claim_value text
);

create index user_claims_by_user on user_claims (user_id);

create table user_logins (
  login_provider text not null,
  provider_key text not null,
  provider_display_name text,
  user_id text not null references users (id) on delete cascade,
  primary key (login_provider, provider_key)
);

create index user_logins_by_user on user_logins (user_id);

create table user_tokens (
  user_id text not null references users (id) on delete cascade,
  login_provider text not null,
  name text not null,
  value text,
  primary key (user_id, login_provider, name)
);

create table data_protection_keys (
  name text primary key not null,
  xml text not null,
  created_at text not null
);
