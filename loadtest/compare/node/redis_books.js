// settle() as one call of ../redis/settle.lua; calls of one turn of Node's loop leave in one pipeline.
// GONGJI_REDIS_PORT and GONGJI_SETTLE_LUA in the environment.
'use strict';
const fs = require('node:fs');
const { Redis } = require('ioredis');

exports.connect = function connect() {
  const redis = new Redis({ host: '127.0.0.1', port: Number(process.env.GONGJI_REDIS_PORT), enableAutoPipelining: true });
  redis.defineCommand('settle', { numberOfKeys: 0, lua: fs.readFileSync(process.env.GONGJI_SETTLE_LUA, 'utf8') });
  return async (key, person, bill) => {
    const [own, family, cash] = (await redis.settle(key, person, bill)).split(' ').map(Number);
    return { own, family, cash };
  };
};
