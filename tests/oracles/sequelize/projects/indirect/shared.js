const { DataTypes } = require('sequelize');
exports.audit = { createdBy: DataTypes.INTEGER, changedBy: { type: DataTypes.INTEGER, allowNull: true } };
exports.key = { id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 } };
exports.money = DataTypes.DECIMAL(12, 4);
exports.STATES = ['new', 'paid', 'sent'];
exports.PREFIX = 'app_';
exports.quiet = { timestamps: false };
exports.baseOptions = (name) => ({ tableName: `${exports.PREFIX}${name}`, timestamps: false });
exports.required = (type) => ({ type, allowNull: false });
