const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', {
  a: DataTypes.STRING(20), b: DataTypes.STRING(20), c: DataTypes.INTEGER, d: DataTypes.BOOLEAN, e: DataTypes.BOOLEAN, f: DataTypes.DATE,
  g: { type: DataTypes.STRING(20), defaultValue: 'new' }, h: { type: DataTypes.STRING(20), allowNull: true }, i: DataTypes.STRING(20), z: DataTypes.INTEGER,
});

exports.start = () => sequelize.sync({ alter: true });
