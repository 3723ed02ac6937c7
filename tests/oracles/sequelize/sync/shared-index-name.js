const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: DataTypes.STRING }, { indexes: [{ name: 'by_email', fields: ['email'] }] });
sequelize.define('guest', { email: DataTypes.STRING }, { indexes: [{ name: 'by_email', fields: ['email'] }] });

exports.start = () => sequelize.sync();
