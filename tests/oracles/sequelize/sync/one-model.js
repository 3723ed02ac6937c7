const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', {});
const Log = sequelize.define('log', { text: DataTypes.TEXT });

exports.start = () => Log.sync({ alter: true });
