-- A shop that plays against simulators of the carriers and the platform. It is one from its first day on, or never.

alter table shops add column sandbox boolean not null default false;

create function refuse_world_change() returns trigger language plpgsql as $$
begin
  raise exception 'shop %: a shop is a sandbox from the beginning or never', old.shop_id using errcode = 'restrict_violation';
end $$;
create trigger shops_keep_their_world before update of sandbox on shops for each row when (old.sandbox <> new.sandbox)
  execute function refuse_world_change();

-- A case is of its shop's world: its carrier and its refund are named so (domain/world.ts). The last guard, should everything else fail.
create function refuse_other_world() returns trigger language plpgsql as $$
declare
  of_sandbox boolean;
begin
  select sandbox into of_sandbox from shops where shop_id = new.shop_id;
  if (new.carrier like 'SANDBOX\_%') <> of_sandbox or (of_sandbox and new.refund_id !~ '^9\d{18}$') then
    raise exception 'intercept %: carrier % or refund % is not of the world of shop %', new.intercept_id, new.carrier, new.refund_id, new.shop_id
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger intercepts_of_their_world before insert or update of carrier, shop_id, refund_id on intercepts
  for each row execute function refuse_other_world();
