// One message over HTTP through fetch, that is undici, which never sends a POST twice by itself.

import { Word, answer, readAnswer } from "./gongji.mjs";
import { fresh, httpHeaders } from "./signing.mjs";

export class HttpTransport {
  constructor(settings) {
    this.settings = settings;
    this.url = new URL("fsi/api", settings.url.replace(/\/*$/, "/"));
  }

  // The answer; Word.NONE for whatever goes wrong on the way.
  async send(body) {
    const target = this.url.pathname + this.url.search;
    const headers = httpHeaders(this.settings, "POST", target, body, ...fresh());
    try {
      const reply = await fetch(this.url, {
        method: "POST",
        body,
        headers: { ...headers, "Content-Type": "application/json" },
        redirect: "error", // a settlement is not carried to another address
        signal: AbortSignal.timeout(this.settings.timeoutMs),
      });
      return readAnswer(reply.status, await reply.text(), reply.headers.get("Retry-After"));
    } catch (fault) {
      if (fault.cause?.code === "ECONNREFUSED")
        return answer(Word.NOT_DECIDED, "", "nobody listens there: it was not sent");
      return answer(Word.NONE, "", String(fault.cause ?? fault));
    }
  }

  close() {}
}
