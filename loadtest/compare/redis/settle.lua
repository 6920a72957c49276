-- One settlement in Redis: atomic, idempotent by key; own money, then the family's, then cash.
-- person:<psn_no> = {balance, organiser}; journal:<key> = the row that is also the first answer.
-- ARGV: key, psn_no, bill in fen. Answers "own family cash".
local journal = 'journal:' .. ARGV[1]
local first = redis.call('GET', journal)
if first then return string.match(first, '^(%d+ %d+ %d+)') end
local psn_no = ARGV[2]
local person = 'person:' .. psn_no
local bill = tonumber(ARGV[3])
local row = redis.call('HMGET', person, 'balance', 'organiser')
local own = math.min(tonumber(row[1]), bill)
local family = 0
if row[2] then
  local payer = 'person:' .. row[2]
  family = math.min(tonumber(redis.call('HGET', payer, 'balance')), bill - own)
  if family > 0 then redis.call('HINCRBY', payer, 'balance', -family) end
end
if own > 0 then redis.call('HINCRBY', person, 'balance', -own) end
local answer = string.format('%d %d %d', own, family, bill - own - family)
redis.call('SET', journal, answer .. ' ' .. psn_no)
return answer
