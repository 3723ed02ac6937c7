const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('team', {});
sequelize.define('user', { team: { type: DataTypes.INTEGER, unique: true, references: { model: 'teams', key: 'id' } } });

exports.start = () => sequelize.sync({ alter: true });
