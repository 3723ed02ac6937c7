const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: DataTypes.STRING }, { indexes: [{ fields: ['email'] }, { unique: true, fields: ['email'] }] });

exports.start = () => sequelize.sync();
