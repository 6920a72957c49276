// What was sent and what became of it, on disk before it is sent. One line a change, TAB separated:
// time, msgid, infno, state, and the message itself (PENDING) or the answer's code. The last line of a
// msgid holds.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

import { State, localTime } from "./gongji.mjs";

const OPEN = [State.PENDING, State.UNKNOWN];

// One till's log, open as long as the till is. One process at a time.
export class PendingLog {
  constructor(path) {
    this.messages = new Map();
    this.states = new Map();
    this.used = new Set();
    const lines = (existsSync(path) ? readFileSync(path, "utf8") : "").split("\n");
    this.file = openSync(path, "a");
    if (lines.pop() !== "") writeSync(this.file, "\n"); // cut off by a power failure: it was never sent
    for (const [, ...fields] of lines.map((line) => line.split("\t"))) {
      if (fields.length === 4) this.remember(...fields);
    }
  }

  remember(msgid, infno, state, rest) {
    this.used.add(msgid);
    this.states.set(msgid, state);
    if (state === State.PENDING) this.messages.set(msgid, { msgid, infno, body: Buffer.from(rest) });
  }

  // Returns when the line is on the disk.
  write(message, state, note = "") {
    const rest = state === State.PENDING ? message.body.toString() : note;
    writeSync(this.file, `${[localTime(), message.msgid, message.infno, state, rest].join("\t")}\n`);
    fsyncSync(this.file);
    this.remember(message.msgid, message.infno, state, rest);
  }

  message(msgid) {
    if (!this.messages.has(msgid)) throw new RangeError(`not in the log: ${msgid}`);
    return this.messages.get(msgid);
  }

  isOpen({ msgid }) {
    return OPEN.includes(this.states.get(msgid));
  }

  openMessages() {
    return [...this.messages.values()].filter((message) => this.isOpen(message));
  }

  // Code (12), second (14), till (2), number within the second (2): never the same twice.
  newMsgid(institution, till) {
    for (;;) {
      const second = localTime().replace(/\D/g, "");
      for (let number = 0; number < 100; number++) {
        const msgid = institution.slice(0, 12) + second + till.padStart(2, "0") + String(number).padStart(2, "0");
        if (this.used.has(msgid)) continue;
        this.used.add(msgid);
        return msgid;
      }
    }
  }

  close() {
    closeSync(this.file);
  }
}
