'use strict';
module.exports = (sequelize, DataTypes) => {
  const User = sequelize.define('User', {
    firstName: { type: DataTypes.STRING(40), allowNull: false },
    email: { type: DataTypes.STRING, unique: true },
  });
  User.associate = (models) => {
    User.hasMany(models.Order, { as: 'orders' });
  };
  return User;
};
