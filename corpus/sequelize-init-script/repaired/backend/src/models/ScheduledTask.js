const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

const ScheduledTask = sequelize.define('ScheduledTask', {
  id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 },
  scriptId: { type: DataTypes.INTEGER, allowNull: false },
  cron: { type: DataTypes.STRING(60), allowNull: false },
  timezone: { type: DataTypes.STRING(40), allowNull: false, defaultValue: 'UTC' },
  enabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  nextRunAt: { type: DataTypes.DATE },
}, {
  tableName: 'scheduled_tasks',
});

module.exports = ScheduledTask;
