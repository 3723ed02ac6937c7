const { Op } = require('sequelize');
const Account = require('./models/Account');
const ExecutionHistory = require('./models/ExecutionHistory');

const DAY_MS = 24 * 60 * 60 * 1000;

async function report() {
  const since = new Date(Date.now() - DAY_MS);
  const [accounts, runs, failures] = await Promise.all([
    Account.count({ where: { status: 'active' } }),
    ExecutionHistory.count({ where: { startedAt: { [Op.gte]: since } } }),
    ExecutionHistory.count({ where: { startedAt: { [Op.gte]: since }, status: 'failed' } }),
  ]);
  console.log(JSON.stringify({ accounts, runs, failures }));
}

setInterval(() => report().catch((error) => console.error(error.message)), DAY_MS);
report().catch((error) => console.error(error.message));
