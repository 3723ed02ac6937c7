const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('team', {});
sequelize.define('user', {
  name: { type: DataTypes.STRING(20), allowNull: false, defaultValue: 'x' },
  team: { type: DataTypes.INTEGER, references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE' },
}, { indexes: [{ fields: ['team'] }] });

exports.start = () => sequelize.sync({ alter: true });
