const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { name: DataTypes.STRING(20), phone: DataTypes.STRING(20), team: { type: DataTypes.INTEGER, references: { model: 'teams', key: 'id' } } });

exports.start = () => sequelize.sync({ alter: { drop: false } });
