const { Sequelize } = require('sequelize');
const logger = require('./logger');

const sequelize = new Sequelize(
  process.env.DB_NAME || 'fleetboard',
  process.env.DB_USER || 'root',
  process.env.DB_PASSWORD || '',
  {
    host: process.env.DB_HOST || 'localhost',
    port: Number(process.env.DB_PORT || 3306),
    dialect: 'mysql',
    logging: false,
    pool: { max: 10, min: 0, idle: 10000 },
    define: {
      underscored: true,
      charset: 'utf8mb4',
    },
  },
);

async function connect(attempts = 10) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sequelize.authenticate();
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      logger.info(`database is not ready, attempt ${attempt}`);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

async function initDatabase() {
  await connect();
  await sequelize.sync();
  logger.info('database is in sync');
}

module.exports = { sequelize, initDatabase };
