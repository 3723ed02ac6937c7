const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('city', { country: { type: DataTypes.STRING(2), allowNull: false }, name: { type: DataTypes.STRING(20), allowNull: false } }, { tableName: 'cities' });
sequelize.define('house', { country: DataTypes.STRING(2), city: DataTypes.STRING(20), owner: DataTypes.INTEGER }, { indexes: [{ fields: ['owner'] }] });

exports.start = () => sequelize.sync({ alter: true });
