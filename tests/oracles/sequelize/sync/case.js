const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: DataTypes.STRING(100), createdAt: DataTypes.INTEGER });

exports.start = () => sequelize.sync({ alter: true });
