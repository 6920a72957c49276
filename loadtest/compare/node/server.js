// The settlement over HTTP as an ordinary Node service does it: one process a core, Node's own server,
// the books in a database. `server.js BOOKS PORT PROCESSES`, BOOKS = postgres or redis.
'use strict';
const cluster = require('node:cluster');
const http = require('node:http');

const [books, port, processes] = process.argv.slice(2);

function main() {
  if (cluster.isPrimary) {
    for (let i = 0; i < Number(processes); ++i) cluster.fork();
    cluster.on('exit', () => process.exit(1));
    process.on('SIGTERM', () => process.exit(0));
    return;
  }
  const settle = require(`./${books}_books.js`).connect();
  const server = http.createServer((request, response) => serve(settle, request, response));
  server.keepAliveTimeout = 60_000;
  server.listen(Number(port), '127.0.0.1');
}

function serve(settle, request, response) {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    answer(settle, Buffer.concat(parts)).then(
      (body) => send(response, 200, body),
      (error) => send(response, 500, { infcode: -1, err_msg: String(error) }));
  });
}

// The message of a pharmacy and its answer, in the national field names.
async function answer(settle, bytes) {
  const message = JSON.parse(bytes);
  const sale = message.input.druginfo;
  const bill = Math.round(sale.medfee_sumamt * 100);
  const { own, family, cash } = await settle(message.msgid, sale.psn_no, bill);
  return {
    infcode: 0, inf_refmsgid: message.msgid, err_msg: '',
    output: { setlinfo: {
      setl_id: message.msgid, psn_no: sale.psn_no, medfee_sumamt: yuan(bill),
      acct_pay: yuan(own + family), acct_mulaid_pay: yuan(family), psn_cash_pay: yuan(cash),
    } },
  };
}

const yuan = (fen) => fen / 100;

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

main();
