#!/usr/bin/env node
// A till on the command line. Prints one JSON line a message; ends with 0 when it is as wished, 1 when
// it was refused, 3 when its fate is unknown.
//
//   till.mjs quote PSN_NO CERTNO AMOUNT
//   till.mjs buy PSN_NO CERTNO AMOUNT [QUOTE_ID]
//   till.mjs cancel SETL_ID MDTRT_ID PSN_NO
//   till.mjs reverse MSGID
//   till.mjs recover
//
// Settings are read from the environment, see ../README.md.

import { State, Till, Word, fen, yuan } from "./gongji.mjs";
import { HttpTransport } from "./http_transport.mjs";
import { PendingLog } from "./pending_log.mjs";
import { TcpTransport } from "./tcp_transport.mjs";

const EXIT_CODES = { [State.SUCCESS]: 0, [State.REVERSED]: 0, [State.FAIL]: 1, [State.UNKNOWN]: 3 };
const COMMANDS = ["quote", "buy", "cancel", "reverse", "recover"];

function settingsOf(environment) {
  const get = (name, otherwise) => environment[`GONGJI_${name}`] ?? otherwise;
  const institution = get("INSTITUTION");
  if (!institution) throw new RangeError("GONGJI_INSTITUTION is not set");
  return {
    url: get("URL", "http://127.0.0.1:8080"), institution, area: get("AREA", "310101"), till: get("TILL", "01"),
    proof: get("PROOF", "none"), secret: get("SECRET", ""), paasid: get("PAASID", institution),
    digest: get("DIGEST", "sha256"), log: get("LOG", "pending.log"),
    timeoutMs: Number(get("TIMEOUT_S", "30")) * 1000, pauseMs: Number(get("PAUSE_S", "1")) * 1000,
  };
}

// Who pays what. Own money is what is left, in provinces that count the family's apart as well.
function receipt({ setlinfo: info }) {
  if (!info) return {};
  const [part, cash, family] = [info.psn_part_amt, info.psn_cash_pay, info.acct_mulaid_pay].map(fen);
  return {
    own: yuan(part - cash - family), family: yuan(family), cash: yuan(cash),
    setl_id: info.setl_id ?? "", mdtrt_id: info.mdtrt_id ?? "", quote_id: info.quote_id ?? "",
  };
}

const show = (state, { code, text, output }, more = {}) =>
  console.log(JSON.stringify({ state, ...more, code, text, ...receipt(output) }));

function showFate({ state, answer, message }) {
  show(state, answer, { msgid: message.msgid, infno: message.infno });
  return EXIT_CODES[state];
}

async function main(till, command, words) {
  if (command === "quote") {
    const quoted = await till.quote(...words);
    show(quoted.word === Word.DONE ? "QUOTED" : "NOT_QUOTED", quoted);
    return quoted.word === Word.DONE ? 0 : 1;
  }
  if (command === "recover") return Math.max(0, ...(await till.recover()).map(showFate));
  return showFate(await till[command](...words));
}

const [command, ...words] = process.argv.slice(2);
if (!COMMANDS.includes(command)) {
  console.error(`usage: till.mjs ${COMMANDS.join("|")} …`);
  process.exit(2);
}
const settings = settingsOf(process.env);
const transport = new (settings.url.startsWith("tcp:") ? TcpTransport : HttpTransport)(settings);
const log = new PendingLog(settings.log);
process.exitCode = await main(new Till(settings, transport, log), command, words);
transport.close();
log.close();
