const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', {
  mood: { type: DataTypes.ENUM('happy', 'sad'), allowNull: false, defaultValue: 'sad' },
  role: DataTypes.ENUM('admin', 'user'),
});

exports.start = () => sequelize.sync({ alter: true });
