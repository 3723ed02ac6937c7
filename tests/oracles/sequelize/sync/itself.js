const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const User = sequelize.define('user', { name: DataTypes.STRING });
User.belongsTo(User, { as: 'boss' });

exports.start = () => sequelize.sync();
