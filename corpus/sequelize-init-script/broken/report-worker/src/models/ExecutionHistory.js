const { DataTypes } = require('sequelize');
const sequelize = require('../db');

module.exports = sequelize.define('ExecutionHistory', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  scriptId: { type: DataTypes.INTEGER, allowNull: false },
  status: { type: DataTypes.STRING(20), allowNull: false },
  startedAt: { type: DataTypes.DATE },
  finishedAt: { type: DataTypes.DATE },
});
