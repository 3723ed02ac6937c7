'use strict';
const _ = require('lodash');
const { Sequelize, DataTypes } = require('sequelize');
const base = require('./base');

const sequelize = new Sequelize('app', 'user', 'password', _.merge({}, base.options, { dialect: 'DIALECT', define: { timestamps: false } }));
const plain = Object.assign({}, base.options, { dialect: 'DIALECT', define: { timestamps: false } });
if (plain.define.underscored) throw new Error('Object.assign is not deep');

sequelize.define('userAccount', _.merge({}, base.attributes, {
  firstName: { allowNull: false },
  lastName: { type: DataTypes.STRING(10) },
  shoeSize: DataTypes.SMALLINT,
}));
sequelize.define('teamName', { homeTown: DataTypes.STRING(9) }, _.merge({ tableName: 'teams', comment: 'x' }, { tableName: 'clubs' }));

module.exports = sequelize;
