const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: { type: DataTypes.STRING, unique: true }, nick: { type: DataTypes.STRING, unique: 'nicks' } });

exports.start = () => sequelize.sync({ alter: true });
