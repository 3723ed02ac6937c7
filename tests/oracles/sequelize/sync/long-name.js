const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('customer_notification_preference', {
  preferred_channel: DataTypes.STRING(20), notification_kind: DataTypes.STRING(20), customer_id: DataTypes.INTEGER,
}, { indexes: [{ fields: ['customer_id', 'preferred_channel', 'notification_kind'] }] });

exports.start = () => sequelize.sync();
