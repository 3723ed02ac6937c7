const { DataTypes } = require('sequelize');
exports.options = { logging: false, define: { underscored: true, timestamps: true } };
exports.attributes = {
  firstName: { type: DataTypes.STRING(20), defaultValue: 'none' },
  lastName: { type: DataTypes.STRING(20), allowNull: false },
};
