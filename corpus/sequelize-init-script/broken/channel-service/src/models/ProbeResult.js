const { DataTypes } = require('sequelize');
const sequelize = require('../db');

module.exports = sequelize.define('ProbeResult', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  targetChannel: { type: DataTypes.STRING(100) },
  result: { type: DataTypes.STRING(20) },
  responseMs: { type: DataTypes.INTEGER },
}, { tableName: 'probe_results' });
