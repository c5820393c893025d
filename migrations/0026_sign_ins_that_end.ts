/**
 * Sign-ins that can be listed and ended one by one. Whatever ends one, a page, a command or a statement of somebody who runs the
 * database, the server is told at once, and closes what is open in its name: so a change of somebody's rights cannot be forgotten there.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `alter table sign_ins
    add column sign_in_id text not null default gen_random_uuid()::text unique,
    add column way text not null default 'password' check (way in ('password', 'provider')),
    add column browser text,
    add column provider_subject text,
    add column provider_session text`,
  `create index sign_ins_by_agent on sign_ins (agent_id)`,
  `create function tell_ended_sign_in() returns trigger language plpgsql as $$ begin
    perform pg_notify('skranke_sign_ins', old.sign_in_id);
    return old;
  end $$`,
  `create trigger sign_in_ended after delete on sign_ins for each row execute function tell_ended_sign_in()`,
  // Whoever changes their own password, or has it hashed anew, says which sign-ins may stay: an id, or 'all'.
  `create function end_sign_ins_of_changed() returns trigger language plpgsql as $$
  declare
    was jsonb := to_jsonb(old);
    is_now jsonb := to_jsonb(new);
    stays text := coalesce(current_setting('skranke.sign_in_stays', true), '');
  begin
    if (was -> 'role', was -> 'retired_at') is distinct from (is_now -> 'role', is_now -> 'retired_at') then
      delete from sign_ins where agent_id = new.agent_id;
    elsif old.password_hash <> new.password_hash and stays <> 'all' then
      delete from sign_ins where agent_id = new.agent_id and sign_in_id <> stays;
    end if;
    return new;
  end $$`,
  `create trigger rights_changed after update on agents for each row execute function end_sign_ins_of_changed()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
