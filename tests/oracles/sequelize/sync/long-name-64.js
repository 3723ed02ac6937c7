const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('measure', { value: DataTypes.INTEGER }, {
  indexes: [{ name: 'abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefghij_abcdefghi', fields: ['value'] }],
});

exports.start = () => sequelize.sync();
