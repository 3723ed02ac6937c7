'use strict';
const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize('app', 'user', 'password', { dialect: 'DIALECT', logging: false, define: { timestamps: false } });

const key = () => ({ type: DataTypes.INTEGER, allowNull: false });
const User = sequelize.define('User', { nick: DataTypes.STRING(9) });
const Group = sequelize.define('Group', { name: DataTypes.STRING(9) });
sequelize.define('Member', { userId: key(), groupId: key() });
sequelize.define('Guest', { userId: key(), groupId: key() });
sequelize.define('Owner', { userId: key(), groupId: key() });

Group.belongsToMany(User, { through: 'Member', foreignKey: 'groupId', as: 'members' });
User.belongsToMany(Group, { through: 'Member', foreignKey: 'userId', as: 'memberOf' });
User.belongsToMany(Group, { through: 'Guest', foreignKey: 'userId', as: 'guestOf' });
Group.belongsToMany(User, { through: 'Guest', foreignKey: 'groupId', as: 'guests' });
Group.belongsToMany(User, { through: 'Owner', foreignKey: 'groupId', otherKey: 'userId', as: 'owners' });
User.belongsToMany(Group, { through: 'Owner', foreignKey: 'userId', otherKey: 'groupId', as: 'ownerOf' });

module.exports = sequelize;
