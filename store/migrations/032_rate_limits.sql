-- Where each caller stands in its rate, shared by all API processes. Unlogged: after a crash everybody begins anew.
create unlogged table rate_limits (
  name     text primary key,
  -- when the caller's bucket is full again
  full_at  timestamptz not null
) with (fillfactor = 50);
