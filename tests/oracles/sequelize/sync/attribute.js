const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('order', {
  userId: { type: DataTypes.INTEGER, field: 'user_id' },
}, { indexes: [{ fields: ['userId'] }] });

exports.start = () => sequelize.sync();
