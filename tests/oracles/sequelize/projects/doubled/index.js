'use strict';
const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize('app', 'user', 'password', { dialect: 'DIALECT', logging: false });

sequelize.define('account', {
  created_at: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
  size: { type: DataTypes.INTEGER, field: 'weight' },
  name: DataTypes.STRING(9),
  weight: { type: DataTypes.STRING(20), allowNull: false },
}, { underscored: true });
sequelize.define('plain', { createdOn: { type: DataTypes.DATEONLY, field: 'createdAt' } });

module.exports = sequelize;
