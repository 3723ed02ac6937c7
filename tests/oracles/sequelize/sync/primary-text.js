const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', {
  code: { type: DataTypes.STRING(40), primaryKey: true }, name: { type: DataTypes.STRING, defaultValue: 'x' }, at: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
});

exports.start = () => sequelize.sync({ alter: true });
