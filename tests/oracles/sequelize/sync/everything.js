const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const Team = sequelize.define('team', { name: DataTypes.STRING(40) });
const User = sequelize.define('user', {
  email: { type: DataTypes.STRING(90), allowNull: false, defaultValue: 'none' },
  age: { type: DataTypes.INTEGER, defaultValue: 7 },
  active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  joined: { type: DataTypes.DATE, defaultValue: sequelize.literal('CURRENT_TIMESTAMP') },
  first: { type: DataTypes.STRING(40), unique: 'names' },
  last: { type: DataTypes.STRING(40), unique: 'names' },
  nick: DataTypes.STRING(40),
  boss: { type: DataTypes.INTEGER, references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE' },
  note: DataTypes.TEXT,
}, { indexes: [{ unique: true, fields: ['nick'] }, { fields: ['age', 'nick'] }] });
User.belongsTo(Team, { foreignKey: { name: 'teamId', onDelete: 'RESTRICT' } });

exports.start = () => sequelize.sync({ alter: true });
