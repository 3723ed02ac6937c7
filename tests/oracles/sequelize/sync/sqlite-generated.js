const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { first: DataTypes.STRING(20), phone: DataTypes.STRING(20) });

exports.start = () => sequelize.sync({ alter: true });
