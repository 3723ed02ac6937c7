const { DataTypes } = require('sequelize');
const { sequelize } = require('../config/database');

const ResourceTag = sequelize.define('ResourceTag', {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  name: { type: DataTypes.STRING(60), allowNull: false },
  scope: { type: DataTypes.STRING(20), allowNull: false, defaultValue: 'account' },
  value: { type: DataTypes.STRING(120) },
}, {
  tableName: 'resource_tags',
  indexes: [
    { fields: ['scope', 'name'] },
  ],
});

module.exports = ResourceTag;
