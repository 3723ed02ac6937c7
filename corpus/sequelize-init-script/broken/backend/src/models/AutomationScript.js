const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

const AutomationScript = sequelize.define('AutomationScript', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  name: { type: DataTypes.STRING(100), allowNull: false },
  body: { type: DataTypes.TEXT('medium') },
  runtime: { type: DataTypes.STRING(20), allowNull: false, defaultValue: 'bash' },
  timeoutSeconds: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 300 },
  envVars: { type: DataTypes.JSON },
}, {
  tableName: 'automation_scripts',
});

module.exports = AutomationScript;
