const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

/** One row per customer: what they used, and when we last looked. */
const BillingSummary = sequelize.define('BillingSummary', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  email: { type: DataTypes.STRING(150), allowNull: false },
  usageAmount: { type: DataTypes.DECIMAL(12, 2), allowNull: false, defaultValue: 0 },
  scriptRunCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  accountOpenedAt: { type: DataTypes.DATE },
  lastCheckedAt: { type: DataTypes.DATE },
  lastSyncedAt: { type: DataTypes.DATE },
}, {
  tableName: 'billing_summaries',
  indexes: [
    {
      unique: true,
      fields: ['email'],
    },
  ],
});

module.exports = BillingSummary;
