const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const Team = sequelize.define('team', { name: { type: DataTypes.STRING, unique: 'names' }, label: { type: DataTypes.STRING, unique: 'names' } });
const User = sequelize.define('user', {
  email: { type: DataTypes.STRING, unique: true },
  age: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 1 },
  nick: { type: DataTypes.STRING, unique: true },
  note: { type: DataTypes.STRING, unique: 'notes' },
}, { indexes: [{ fields: ['nick'] }] });
User.belongsTo(Team);

exports.start = () => sequelize.sync({ alter: true });
