const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', {});
sequelize.define('order', { buyer: { type: DataTypes.INTEGER, references: { model: 'User', key: 'id' } } });

exports.start = () => sequelize.sync();
