const { DataTypes } = require('sequelize');
const sequelize = require('../db');

module.exports = sequelize.define('Channel', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  name: { type: DataTypes.STRING(60), allowNull: false },
  endpoint: { type: DataTypes.STRING(255), allowNull: false },
  weight: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
  enabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
}, { tableName: 'channels' });
