const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const User = sequelize.define('user', { name: DataTypes.STRING });
const Team = sequelize.define('team', { title: DataTypes.STRING });
User.belongsTo(Team);
Team.belongsTo(User, { as: 'leader' });

exports.start = () => sequelize.sync();
