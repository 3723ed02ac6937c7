const { DataTypes, Model } = require('sequelize');
const { sequelize } = require('../config/database');

/** The outcome of one health probe of a channel. */
class ProbeResult extends Model {
  get failed() {
    return this.status !== 'ok';
  }
}

ProbeResult.init({
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  channelId: { type: DataTypes.INTEGER, allowNull: false },
  probeType: { type: DataTypes.STRING(20), allowNull: false },
  status: { type: DataTypes.STRING(20), allowNull: false },
  latencyMs: { type: DataTypes.INTEGER },
  errorMessage: { type: DataTypes.TEXT },
  testedAt: { type: DataTypes.DATE, allowNull: false },
}, {
  sequelize,
  modelName: 'ProbeResult',
  tableName: 'probe_results',
  indexes: [
    { fields: ['channel_id'] },
    { fields: ['status'] },
    { fields: ['tested_at'] },
    { fields: ['channel_id', 'tested_at'] },
  ],
});

module.exports = ProbeResult;
