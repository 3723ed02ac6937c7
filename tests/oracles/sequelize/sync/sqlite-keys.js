const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('member', {
  team: { type: DataTypes.INTEGER, primaryKey: true }, person: { type: DataTypes.INTEGER, primaryKey: true },
  badge: DataTypes.STRING(20), seat: DataTypes.STRING(20), room: { type: DataTypes.STRING(20), unique: true }, floor: DataTypes.INTEGER,
});

exports.start = () => sequelize.sync({ alter: true });
