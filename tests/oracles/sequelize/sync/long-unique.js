const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('measure', {
  value: { type: DataTypes.INTEGER, unique: 'abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefghij_a' },
});

exports.start = () => sequelize.sync();
