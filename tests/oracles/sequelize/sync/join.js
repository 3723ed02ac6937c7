const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const User = sequelize.define('user', {});
const Group = sequelize.define('group', {});
User.belongsToMany(Group, { through: 'members' });
Group.belongsToMany(User, { through: 'members' });

exports.start = () => sequelize.sync({ alter: true });
