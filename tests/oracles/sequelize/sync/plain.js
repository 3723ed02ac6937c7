const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const Account = sequelize.define('account', {
  email: { type: DataTypes.STRING, unique: true },
  phone: DataTypes.STRING,
  owner: { type: DataTypes.INTEGER, allowNull: false },
}, { indexes: [{ fields: ['owner'] }, { unique: true, fields: ['owner', 'email'] }] });
sequelize.define('event', { at: DataTypes.DATE, kind: { type: DataTypes.STRING, unique: 'kinds' } }, { indexes: [{ fields: ['at'] }] });

exports.start = () => sequelize.sync();
