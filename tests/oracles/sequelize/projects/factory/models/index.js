'use strict';
const fs = require('fs');
const path = require('path');
const Sequelize = require('sequelize');
const env = process.env.NODE_ENV || 'development';
const config = require(__dirname + '/../config/config.json')[env];
const db = {};
let sequelize;
if (config.use_env_variable) {
  sequelize = new Sequelize(process.env[config.use_env_variable], config);
} else {
  sequelize = new Sequelize(config.database, config.username, config.password, config);
}
fs.readdirSync(__dirname)
  .filter((file) => file !== 'index.js')
  .sort()
  .forEach((file) => {
    const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes || Sequelize);
    db[model.name] = model;
  });
Object.keys(db).forEach((name) => {
  if (db[name].associate) db[name].associate(db);
});
db.sequelize = sequelize;
module.exports = db;
