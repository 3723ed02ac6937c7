const settings = {
  database: process.env.DB_NAME || 'fleetboard',
  username: process.env.DB_USER || 'root',
  password: process.env.DB_PASSWORD || '',
  host: process.env.DB_HOST || 'localhost',
  port: Number(process.env.DB_PORT || 3306),
  dialect: 'mysql',
};

module.exports = { development: settings, production: settings };
