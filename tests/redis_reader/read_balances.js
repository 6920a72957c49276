// Reads balances from Redis by docs/formats/redis.md alone: node read_balances.js URL PERSON…
// Prints one JSON line for each person: what his own entry says, and his line in his household's.
"use strict";

const Redis = require("ioredis");

// redis+cluster://host:port,host:port or redis://host:port
function connect(url) {
  const cluster = "redis+cluster://";
  if (!url.startsWith(cluster)) return new Redis(url);
  const nodes = url.slice(cluster.length).split(",").map((node) => {
    const [host, port] = node.split(":");
    return { host, port: Number(port) };
  });
  return new Redis.Cluster(nodes);
}

function ready(redis) {
  if (redis.status === "ready") return Promise.resolve();
  return new Promise((resolve) => redis.once("ready", resolve));
}

async function markers(redis) {
  const found = [];
  const masters = redis.nodes ? redis.nodes("master") : [redis];
  for (const master of masters) {
    const [, keys] = await master.scan("0", "MATCH", "gongji:meta*", "COUNT", "1000000");
    if (keys.length !== 1) throw new Error(`a master has ${keys.length} markers`);
    found.push(await master.hgetall(keys[0]));
  }
  return found;
}

async function read(redis, person) {
  const own = await redis.hgetall(`gongji:psn:{${person}}`);
  if (own.household === undefined) throw new Error(`${person} is not there: ask the gateway`);
  const household = await redis.hgetall(`gongji:hh:{${own.household}}`);
  const line = (what) => Number(household[`${person}:${what}`]);
  return {
    person,
    carryover: Number(own.carryover),
    household: { carryover: line("carryover"), family: line("family"), until: household.until },
  };
}

async function main([url, ...persons]) {
  const redis = connect(url);
  await ready(redis);
  const known = await markers(redis);
  if (known.some((marker) => marker.layout !== "4" || Number(marker.seq) === 0))
    throw new Error("the copy is not complete");
  for (const person of persons) console.log(JSON.stringify(await read(redis, person)));
  redis.disconnect();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
