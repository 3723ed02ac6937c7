const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

const ExecutionHistory = sequelize.define('ExecutionHistory', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  scriptId: { type: DataTypes.INTEGER, allowNull: false },
  status: { type: DataTypes.STRING(20), allowNull: false, defaultValue: 'queued' },
  triggeredBy: { type: DataTypes.STRING(80) },
  exitCode: { type: DataTypes.INTEGER },
  outputTail: { type: DataTypes.TEXT },
  startedAt: { type: DataTypes.DATE },
  finishedAt: { type: DataTypes.DATE },
}, {
  tableName: 'execution_history',
  indexes: [
    { fields: ['script_id'] },
  ],
});

module.exports = ExecutionHistory;
