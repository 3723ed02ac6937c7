'use strict';

const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize({ dialect: 'sqlite', storage: process.env.STORAGE, define: { timestamps: false }, logging: false });
const Team = sequelize.define('teams', { name: DataTypes.STRING(20) });
const User = sequelize.define('users', { id: { type: DataTypes.INTEGER, primaryKey: true }, nick: DataTypes.STRING(20) });
const Post = sequelize.define('posts', { id: { type: DataTypes.INTEGER, primaryKey: true } });
User.belongsTo(Team, { foreignKey: 'team_id' });
User.hasMany(Post, { foreignKey: 'user_id', onDelete: 'ACTION' });
module.exports = sequelize.sync({ alter: true }).then(() => sequelize);
