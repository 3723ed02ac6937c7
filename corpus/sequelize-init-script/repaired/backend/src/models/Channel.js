const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

const Channel = sequelize.define('Channel', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  name: { type: DataTypes.STRING(100), allowNull: false },
  endpoint: { type: DataTypes.STRING(255), allowNull: false },
  weight: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
  enabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  healthScore: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 100 },
  lastProbeAt: { type: DataTypes.DATE },
  labels: { type: DataTypes.JSON },
}, {
  tableName: 'channels',
});

module.exports = Channel;
