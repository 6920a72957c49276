-- wrk's requests: pharmacy purchases (2102), each with a fresh message id, by children drawn evenly from
-- the families of a file (or all by the first). Arguments behind "--": TAG FAMILIES_FILE uniform|hot.
-- TAG, eight characters, makes the ids of this run its own.
local threads = 0
function setup(thread)
  thread:set('thread', threads)
  threads = threads + 1
end

local function read_children(path)
  local children = {}
  for line in io.lines(path) do
    local organiser, child, certificate, area = string.match(line, '^(%S+)\t(%S+)\t(%S+)\t(%S+)$')
    children[#children + 1] = { number = child, certificate = certificate, area = area }
  end
  return children
end

-- What stands before the message id, and between it, the amount and the end, for one child.
local function pieces_of(child)
  local time = os.date('%Y-%m-%d %H:%M:%S')
  return {
    '","mdtrtarea_admvs":"310101","insuplc_admdvs":"' .. child.area ..
    '","recer_sys_code":"GW01","dev_no":"LOAD","dev_safe_info":"","cainfo":"","signtype":"","infver":"V1.0",' ..
    '"opter_type":"1","opter":"0001","opter_name":"压测","inf_time":"' .. time ..
    '","fixmedins_code":"P31010100001","fixmedins_name":"压测机构","sign_no":"","input":{"druginfo":{"psn_no":"' ..
    child.number .. '","mdtrt_cert_type":"02","mdtrt_cert_no":"' .. child.certificate ..
    '","begntime":"' .. time .. '","medfee_sumamt":',
    ',"invono":"","insutype":"390","dise_codg":"","dise_name":"","acct_used_flag":"1","med_type":"41"},' ..
    '"drugdetail":[{"feedetl_sn":"1","rxno":"","rx_circ_flag":"0","fee_ocur_time":"' .. time ..
    '","med_list_codg":"XA01ABD075A002010100483","medins_list_codg":"D000123","det_item_fee_sumamt":',
    ',"cnt":1,"pric":',
    '}]}}',
  }
end

-- wrk's own formatting of a request costs more than ours: the head is made once, all bodies are of one
-- length (amounts have four digits).
function init(arguments)
  tag, hot, number = arguments[1], arguments[3] == 'hot', 0
  children = {}
  for i, child in ipairs(read_children(arguments[2])) do children[i] = pieces_of(child) end
  front = '{"infno":"2102","msgid":"P31010100001' .. tag .. thread
  math.randomseed(thread + 1)
  local sample = body_of(children[1], '10.00')
  head = 'POST /fsi/api/2102 HTTP/1.1\r\nHost: ' .. wrk.headers['Host'] ..
         '\r\nContent-Type: application/json\r\nContent-Length: ' .. #sample .. '\r\n\r\n'
end

function body_of(pieces, amount)
  number = number + 1
  return front .. string.format('%09d', number) .. pieces[1] .. amount .. pieces[2] .. amount .. pieces[3] ..
         amount .. pieces[4]
end

function request()
  local pieces = children[hot and 1 or math.random(#children)]
  return head .. body_of(pieces, string.format('%.2f', math.random(1000, 9999) / 100))
end

-- One line of JSON for the program that started us.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"answers":%d,"seconds":%.6f,"not_200":%d,"broken":%d,"p50_ms":%.3f,"p99_ms":%.3f}\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
