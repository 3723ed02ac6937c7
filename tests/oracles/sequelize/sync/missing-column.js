const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('Summary', {
  accountId: { type: DataTypes.INTEGER, field: 'account_id' },
  email: DataTypes.STRING,
}, { tableName: 'summaries', indexes: [{ fields: ['account_id'] }, { fields: ['email'] }] });

exports.start = () => sequelize.sync();
