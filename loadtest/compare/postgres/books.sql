-- The books of the PostgreSQL contenders: a settlement is one call, one transaction, one commit.
-- Room on the pages keeps balance updates off the index (heap-only tuples).
create table account (
  psn_no text primary key,
  organiser text,              -- whose fund also pays for him; null: nobody's
  balance_fen bigint not null check (balance_fen >= 0)
) with (fillfactor = 50);

create table journal (
  key text primary key,        -- of the message: what makes it idempotent
  psn_no text not null,
  bill_fen bigint not null,
  own_fen bigint not null,
  family_fen bigint not null,
  cash_fen bigint not null,
  at timestamptz not null default now()
);

-- Own money, then the family's, then cash. The organiser's row is the lock of his household, so the
-- journal is looked up behind it: a repeat that races its original finds the original's row.
create function settle(p_key text, p_psn_no text, p_bill_fen bigint,
                       out own_fen bigint, out family_fen bigint, out cash_fen bigint)
language plpgsql as $$
declare
  payer text;
  fund bigint;
  own bigint := 0;
begin
  select coalesce(organiser, psn_no) into strict payer from account where psn_no = p_psn_no;
  select balance_fen into strict fund from account where psn_no = payer for no key update;
  select j.own_fen, j.family_fen, j.cash_fen into own_fen, family_fen, cash_fen
    from journal j where j.key = p_key;
  if found then return; end if;
  if payer = p_psn_no then
    own := fund;
    fund := 0;
  else
    select balance_fen into strict own from account where psn_no = p_psn_no;
  end if;
  own_fen := least(own, p_bill_fen);
  family_fen := least(fund, p_bill_fen - own_fen);
  cash_fen := p_bill_fen - own_fen - family_fen;
  if own_fen > 0 then
    update account set balance_fen = balance_fen - settle.own_fen where psn_no = p_psn_no;
  end if;
  if family_fen > 0 then
    update account set balance_fen = balance_fen - settle.family_fen where psn_no = payer;
  end if;
  insert into journal values (p_key, p_psn_no, p_bill_fen, own_fen, family_fen, cash_fen);
end $$;
