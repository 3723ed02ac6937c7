const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: DataTypes.STRING(20), name: DataTypes.STRING(20) }, { indexes: [{ unique: true, fields: ['email'] }] });

exports.start = () => sequelize.sync();
