// Messages over TCP frames (../../tcp.md): signed in once, many in flight, answers in any order.

import { connect } from "node:net";

import { Word, answer, localTime, readAnswer } from "./gongji.mjs";
import { fresh, signIn } from "./signing.mjs";

const HEAD_BYTES = 12; // u32 length of the payload, u64 correlation id, big-endian
const PAYLOAD_BYTES_MAX = 16 << 20;

// One connection. ask() may be called again before the last answer is there.
export class Frames {
  // Resolves once connected; rejects when nobody listens.
  static open(port, host, timeoutMs) {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host, noDelay: true });
      const timer = setTimeout(() => socket.destroy(new Error("connecting took too long")), timeoutMs);
      socket.once("error", reject);
      socket.once("connect", () => {
        clearTimeout(timer);
        socket.off("error", reject);
        resolve(new Frames(socket, timeoutMs));
      });
    });
  }

  constructor(socket, timeoutMs) {
    this.socket = socket;
    this.timeoutMs = timeoutMs;
    this.waiting = new Map();
    this.next = 1n;
    this.bytes = Buffer.alloc(0);
    this.broken = false;
    socket.on("data", (more) => this.take(more));
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => this.breakOff());
  }

  // The payload of the answer; null when none came in time or the connection broke.
  ask(payload) {
    if (this.broken) return Promise.resolve(null);
    const number = this.next++;
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32BE(payload.length, 0);
    head.writeBigUInt64BE(number, 4);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(number, null), this.timeoutMs);
      this.waiting.set(number, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      this.socket.write(Buffer.concat([head, payload]));
    });
  }

  take(more) {
    this.bytes = Buffer.concat([this.bytes, more]);
    while (this.bytes.length >= HEAD_BYTES) {
      const length = this.bytes.readUInt32BE(0);
      if (length > PAYLOAD_BYTES_MAX) return this.close(); // not a frame
      if (this.bytes.length < HEAD_BYTES + length) return;
      const payload = Buffer.from(this.bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
      this.end(this.bytes.readBigUInt64BE(4), payload);
      this.bytes = this.bytes.subarray(HEAD_BYTES + length);
    }
  }

  // An answer that comes too late finds nobody.
  end(number, payload) {
    const resolve = this.waiting.get(number);
    this.waiting.delete(number);
    resolve?.(payload);
  }

  breakOff() {
    this.broken = true;
    for (const number of [...this.waiting.keys()]) this.end(number, null);
  }

  close() {
    this.breakOff();
    this.socket.destroy();
  }
}

// Connects and signs in when it has to. One message at a time; Frames takes many.
export class TcpTransport {
  constructor(settings) {
    this.settings = settings;
    const found = /^tcp:\/\/(.+):(\d+)$/.exec(settings.url);
    if (!found) throw new RangeError(`not tcp://HOST:PORT: ${settings.url}`);
    [, this.host, this.port] = found;
    this.frames = null;
  }

  async send(body) {
    if (this.frames === null || this.frames.broken) {
      const refusal = await this.connect();
      if (refusal !== null) return refusal;
    }
    return this.ask(body);
  }

  async ask(body) {
    const payload = await this.frames.ask(body);
    if (payload !== null) return readAnswer(200, payload.toString());
    this.close(); // after a lost answer a new connection tells more
    return answer(Word.NONE, "", "the connection broke or no answer came in time");
  }

  // null when signed in; else why the message was not sent.
  async connect() {
    try {
      this.frames = await Frames.open(Number(this.port), this.host, this.settings.timeoutMs);
    } catch (fault) {
      return answer(Word.NOT_DECIDED, "", `not connected, so not sent: ${fault.message}`);
    }
    const signedIn = await this.ask(this.signInMessage());
    if (signedIn.word === Word.DONE) return null;
    this.close();
    const denied = signedIn.word === Word.REFUSED || signedIn.word === Word.DENIED;
    return answer(denied ? Word.DENIED : Word.NOT_DECIDED, signedIn.code, `not signed in, so not sent: ${signedIn.text}`);
  }

  signInMessage() {
    const { institution, till } = this.settings;
    const msgid = `${institution.slice(0, 12)}${localTime().replace(/\D/g, "")}${till.padStart(2, "0")}SI`;
    const node = { opter_no: till, mac: "00", ip: "127.0.0.1", ...signIn(this.settings, ...fresh()) };
    const envelope = { infno: "9001", msgid, fixmedins_code: institution, opter: till, input: { signIn: node } };
    return Buffer.from(JSON.stringify(envelope));
  }

  close() {
    this.frames?.close();
    this.frames = null;
  }
}
