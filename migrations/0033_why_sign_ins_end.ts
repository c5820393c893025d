/**
 * Why a sign-in ended travels with the word that it did, so that the page that is closed can say it. On a channel of its own: a server
 * of before hears the ids alone where it always did.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Whoever ends sign-ins says why in 'skranke.sign_in_ends', where there is anything to say.
  `create or replace function tell_ended_sign_in() returns trigger language plpgsql as $$ begin
    perform pg_notify('skranke_sign_ins', old.sign_in_id);
    perform pg_notify(
      'skranke_ended_sign_ins', old.sign_in_id || ' ' || coalesce(current_setting('skranke.sign_in_ends', true), '')
    );
    return old;
  end $$`,
  `create or replace function end_sign_ins_of_changed() returns trigger language plpgsql as $$
  declare
    was jsonb := to_jsonb(old);
    is_now jsonb := to_jsonb(new);
    stays text := coalesce(current_setting('skranke.sign_in_stays', true), '');
    said text := coalesce(current_setting('skranke.sign_in_ends', true), '');
  begin
    if (was -> 'role', was -> 'retired_at') is distinct from (is_now -> 'role', is_now -> 'retired_at') then
      perform set_config(
        'skranke.sign_in_ends', case when is_now ->> 'retired_at' is null then 'role' else 'left' end, true
      );
      delete from sign_ins where agent_id = new.agent_id;
    elsif old.password_hash <> new.password_hash and stays <> 'all' then
      perform set_config('skranke.sign_in_ends', 'password', true);
      delete from sign_ins where agent_id = new.agent_id and sign_in_id <> stays;
    end if;
    perform set_config('skranke.sign_in_ends', said, true);
    return new;
  end $$`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
