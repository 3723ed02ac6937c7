const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { mood: DataTypes.ENUM('great', 'happy', 'calm', 'sad', 'angry') });

exports.start = () => sequelize.sync();
