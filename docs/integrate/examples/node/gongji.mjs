// A till's side of the interface: messages, the log that is written before anything is sent, and the
// way from a lost answer to a definite end. What each answer means stands in ../../retrying.md.
//
// Amounts are whole fen in a BigInt, never a Number: JSON.parse would make doubles of them, so numbers
// are read as the text they were sent as.

import { setTimeout as sleep } from "node:timers/promises";

const TRIES_MAX = 6;
const PAUSE_MS_MAX = 30_000;
const UNDO = "2601";
const ASK = "2602";
const CANCELS = ["2103", "2208", "2305"];
const NOT_DECIDED_CODES = ["E_BUSY", "E_DEADLINE"];
const DENIED_CODE = "E_UNAUTHENTICATED";

export const State = Object.freeze({
  PENDING: "PENDING", // written down, perhaps sent
  SUCCESS: "SUCCESS", // booked
  FAIL: "FAIL", // certainly not booked
  UNKNOWN: "UNKNOWN", // sent, and nobody has said what became of it
  REVERSED: "REVERSED", // taken back, or barred before it arrived
});

export const Word = Object.freeze({
  DONE: "done",
  REFUSED: "refused", // certainly not booked, and it stays so
  NOT_DECIDED: "not decided", // this copy was not looked at: the same message again, after a pause
  DENIED: "denied", // the proof of who we are did not hold: not looked at either
  NONE: "none", // no answer, or none that says what happened
});

export const answer = (word, code = "", text = "", output = {}, retryAfterMs = 0) =>
  ({ word, code, text, output, retryAfterMs });

const STATE_OF = {
  applied: State.SUCCESS,
  refused: State.FAIL,
  reversed: State.REVERSED,
  reversed_before_arrival: State.REVERSED,
  unknown: State.PENDING,
};

// "86.5", "86.50" or "-86.50" in whole fen.
export function fen(yuan) {
  const found = /^(-?)(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(yuan);
  if (!found) throw new RangeError(`not an amount in yuan and fen: ${yuan}`);
  const amount = BigInt(found[2] + (found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -amount : amount;
}

export function yuan(amountFen) {
  const digits = (amountFen < 0n ? -amountFen : amountFen).toString().padStart(3, "0");
  return `${amountFen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

// JSON with every number kept as its text: strings are stepped over, numbers are put into quotes.
const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const parseExactly = (json) =>
  JSON.parse(json.replace(JSON_TOKEN, (token) => (token[0] === '"' ? token : `"${token}"`)));

function splitMessage(errMsg) {
  const [code, ...words] = (errMsg ?? "").split(" ");
  return [code, words.join(" ")];
}

// What an HTTP status and its body say. On TCP the status is always 200.
export function readAnswer(status, body, retryAfter = null) {
  if (status === 401) return answer(Word.DENIED, DENIED_CODE);
  let envelope;
  try {
    envelope = parseExactly(body);
  } catch {
    envelope = null;
  }
  if (!["0", "-1", "-2"].includes(envelope?.infcode)) return answer(Word.NONE, "", "not an answer of the gateway");
  const output = envelope.output ?? {};
  const [code, text] = splitMessage(envelope.err_msg);
  if (status === 429 || status === 503 || NOT_DECIDED_CODES.includes(code)) {
    const seconds = Number(retryAfter ?? output.retry_after ?? 0);
    return answer(Word.NOT_DECIDED, code, text, output, Number.isFinite(seconds) ? seconds * 1000 : 0);
  }
  if (envelope.infcode === "0" && status === 200) return answer(Word.DONE, code, text, output);
  if (envelope.infcode === "-2") return answer(code === DENIED_CODE ? Word.DENIED : Word.REFUSED, code, text, output);
  return answer(Word.NONE, code, text, output);
}

// One till of one institution; one message at a time, and one log belongs to one till.
export class Till {
  constructor(settings, transport, log) {
    this.settings = settings;
    this.transport = transport; // send(body) -> answer; never throws for the network
    this.log = log;
  }

  // ---- what a cashier does ----

  // How it would be split now. Moves nothing, so it is neither logged nor repeated.
  quote(psnNo, certno, amount) {
    return this.transport.send(this.sale("2101", psnNo, certno, amount).body);
  }

  buy(psnNo, certno, amount, quoteId) {
    return this.deliver(this.sale("2102", psnNo, certno, amount, quoteId));
  }

  cancel(setlId, mdtrtId, psnNo) {
    return this.deliver(this.message("2103", { data: { setl_id: setlId, mdtrt_id: mdtrtId, psn_no: psnNo } }));
  }

  // The sale shall not stand: asks first what became of it, then takes it back.
  reverse(msgid) {
    return this.resolve(this.log.message(msgid), { keep: false });
  }

  // At every start, before the first sale: whatever has no definite end gets one. An open 2601 is left
  // alone: its sale is open as well and is resolved by a new one.
  async recover() {
    const fates = [];
    for (const message of this.log.openMessages().filter(({ infno }) => infno !== UNDO)) {
      const forward = CANCELS.includes(message.infno);
      fates.push(await (forward ? this.deliver(message) : this.resolve(message, { keep: true })));
    }
    return fates;
  }

  // ---- from a message to its fate ----

  // Sends, and repeats the same bytes until there is a definite end or patience is over.
  async deliver(message) {
    let doubt = this.log.isOpen(message); // an earlier run may have sent it
    if (!doubt) this.log.write(message, State.PENDING);
    let last = answer(Word.NONE);
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      await this.pause(attempt, last);
      if (doubt) {
        const asked = await this.ask(message);
        last = asked.answer;
        if (asked.state === State.UNKNOWN) continue;
        if (asked.state !== State.PENDING) return this.end(message, asked.state, last);
      }
      last = await this.transport.send(message.body);
      if (last.word === Word.DONE) return this.end(message, State.SUCCESS, last);
      // A copy that was given up for lost may still arrive: only 2601 closes the door.
      if (last.word === Word.REFUSED)
        return doubt ? this.resolve(message, { keep: true }) : this.end(message, State.FAIL, last);
      if (last.word === Word.DENIED) break;
      if (last.word === Word.NONE) {
        doubt = true;
        this.log.write(message, State.UNKNOWN);
      }
    }
    return this.end(message, doubt ? State.UNKNOWN : State.FAIL, last);
  }

  // 2602, and where that does not end it 2601. `keep`: a sale that was booked may stand.
  async resolve(message, { keep }) {
    let undo = null;
    let last = answer(Word.NONE);
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      await this.pause(attempt, last);
      const asked = await this.ask(message);
      last = asked.answer;
      if (asked.state === State.UNKNOWN) continue;
      const over = asked.state === State.FAIL || asked.state === State.REVERSED;
      if (over || (asked.state === State.SUCCESS && keep)) return this.end(message, asked.state, last);
      if (undo === null) {
        undo = this.undoOf(message);
        this.log.write(undo, State.PENDING);
      }
      last = await this.transport.send(undo.body);
      if (last.word === Word.DONE) {
        this.log.write(undo, State.SUCCESS);
        return this.end(message, State.REVERSED, last);
      }
      if (last.word === Word.REFUSED || last.word === Word.DENIED) break; // a person has to look
    }
    return this.end(message, State.UNKNOWN, last);
  }

  // 2602. PENDING: the gateway has not seen it. UNKNOWN: nobody can say yet, ask again.
  async ask({ msgid, infno }) {
    const asked = await this.transport.send(this.message(ASK, { data: { omsgid: msgid, oinfno: infno } }).body);
    if (asked.word !== Word.DONE) return { state: State.UNKNOWN, answer: asked };
    const [code, text] = splitMessage(asked.output.err_msg);
    const state = STATE_OF[asked.output.state] ?? State.UNKNOWN;
    return { state, answer: answer(Word.DONE, code, text, asked.output.result ?? {}) };
  }

  end(message, state, last) {
    this.log.write(message, state, last.code);
    return { message, state, answer: last };
  }

  // Doubles, with jitter, so that a thousand tills do not come back in the same second.
  async pause(attempt, { retryAfterMs }) {
    if (attempt === 0) return;
    const jittered = this.settings.pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    await sleep(Math.min(Math.max(retryAfterMs, jittered), PAUSE_MS_MAX));
  }

  // ---- messages ----

  sale(infno, psnNo, certno, amount, quoteId) {
    const now = localTime();
    const total = yuan(fen(amount));
    const druginfo = {
      psn_no: psnNo, mdtrt_cert_type: "02", mdtrt_cert_no: certno, begntime: now, medfee_sumamt: total,
      insutype: "390", acct_used_flag: "1", med_type: "41", ...(quoteId && { quote_id: quoteId }),
    };
    const line = {
      feedetl_sn: "1", rx_circ_flag: "0", fee_ocur_time: now, med_list_codg: "XA01ABD075A002010100483",
      medins_list_codg: "D000123", det_item_fee_sumamt: total, cnt: "1", pric: total,
    };
    return this.message(infno, { druginfo, drugdetail: [line] });
  }

  undoOf({ msgid, infno }) {
    return this.message(UNDO, { data: { omsgid: msgid, oinfno: infno } });
  }

  // The body is made once; every repeat sends these very bytes.
  message(infno, input) {
    const { institution, area, till } = this.settings;
    const msgid = this.log.newMsgid(institution, till);
    const envelope = {
      infno, msgid, mdtrtarea_admvs: area, insuplc_admdvs: area, recer_sys_code: "GW01", infver: "V1.0",
      opter_type: "1", opter: till, opter_name: "收银员", inf_time: localTime(),
      fixmedins_code: institution, fixmedins_name: "", sign_no: "", input,
    };
    return { msgid, infno, body: Buffer.from(JSON.stringify(envelope)) };
  }
}

// yyyy-MM-dd HH:mm:ss
export function localTime() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", " ");
}
