-- Lists of the console that a person wants to see again (我的视图): the address' query of a page, under a name of their own.

create table saved_views (
  view_id     text primary key,
  staff_id    text not null references staff,
  page        text not null check (page in ('WORKBENCH', 'INTERCEPTS', 'CLAIMS')),
  name        text not null,
  query       text not null,
  created_at  timestamptz(3) not null default clock_ms(),
  constraint saved_views_one_name unique (staff_id, page, name)
);
