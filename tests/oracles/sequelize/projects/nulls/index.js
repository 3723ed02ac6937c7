const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT' });
sequelize.define('Nullable', {
  unsaid: DataTypes.STRING,
  yes: { type: DataTypes.STRING, allowNull: true },
  no: { type: DataTypes.STRING, allowNull: false },
  validated: { type: DataTypes.STRING, allowNull: false, validate: { notNull: true, len: [2, 10] } },
  undefinedOne: { type: DataTypes.STRING, allowNull: undefined },
}, { timestamps: false });
sequelize.define('KeyNull', { code: { type: DataTypes.STRING(5), primaryKey: true, allowNull: false } }, { timestamps: false });
sequelize.define('KeyUnsaid', { code: { type: DataTypes.STRING(5), primaryKey: true } }, { timestamps: false });
sequelize.define('NumberKey', { code: { type: DataTypes.INTEGER, primaryKey: true } }, { timestamps: false });
module.exports = sequelize;
