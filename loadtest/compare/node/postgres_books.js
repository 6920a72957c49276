// settle() as one prepared call of the procedure in ../postgres/books.sql. PG* in the environment.
'use strict';
const { Pool, types } = require('pg');

const CONNECTIONS_PER_PROCESS = 16;  // more than cores and disk can use; fewer than they would need locks for
const INT8 = 20;

exports.connect = function connect() {
  types.setTypeParser(INT8, Number);  // fen of one bill fit a double
  const pool = new Pool({ max: CONNECTIONS_PER_PROCESS });
  return async (key, person, bill) => {
    const { rows: [row] } = await pool.query({
      name: 'settle', text: 'select own_fen, family_fen, cash_fen from settle($1, $2, $3)',
      values: [key, person, bill],
    });
    return { own: row.own_fen, family: row.family_fen, cash: row.cash_fen };
  };
};
