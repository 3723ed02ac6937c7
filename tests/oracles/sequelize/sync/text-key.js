const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('page', { address: { type: DataTypes.TEXT, unique: true }, body: DataTypes.TEXT }, { indexes: [{ fields: ['body'] }] });

exports.start = () => sequelize.sync();
