const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('team', { name: { type: DataTypes.STRING(40), unique: true } });
sequelize.define('user', {
  name: DataTypes.STRING(40),
  team: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1, references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE', onUpdate: 'CASCADE' },
  other: { type: DataTypes.INTEGER, references: { model: 'teams', key: 'id' }, onDelete: 'SET NULL' },
}, { indexes: [{ unique: true, fields: ['name', 'team'] }, { fields: ['other'] }] });

exports.start = () => sequelize.sync({ alter: true });
