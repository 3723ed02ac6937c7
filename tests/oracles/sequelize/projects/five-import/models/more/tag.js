'use strict';
module.exports = (sequelize, DataTypes) => sequelize.define('Tag', { name: DataTypes.STRING(20) }, { tableName: 'labels_of_users' });
