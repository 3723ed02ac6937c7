// Attributes and options from constants, spreads, Object.assign and helpers, over files.
const { Sequelize, DataTypes } = require('sequelize');
const shared = require('./shared');
const { audit, key, quiet } = require('./shared');
const sequelize = new Sequelize('DIALECT://a:b@c/d', { dialect: 'DIALECT' });

const attributes = { label: DataTypes.STRING, ...audit };
const options = { freezeTableName: true };
sequelize.define('Spread', attributes, options);
sequelize.define('SpreadKey', { ...key, ...audit, price: shared.money }, { ...quiet, ...options });
sequelize.define('Assigned', Object.assign({}, audit, { extra: DataTypes.FLOAT }), Object.assign({}, quiet));
sequelize.define('Overwritten', { ...audit, createdBy: { type: DataTypes.STRING(9), allowNull: false } }, { ...quiet, timestamps: true });
sequelize.define('Helped', { ...key, state: DataTypes.ENUM(...shared.STATES) }, shared.baseOptions('helped'));
const TABLE = shared.PREFIX + 'named';
const SIZE = 33;
sequelize.define('Named', { code: { type: DataTypes.STRING(SIZE), allowNull: !1 } }, { tableName: TABLE, ...quiet });
const type = DataTypes.INTEGER;
sequelize.define('Shorthand', { type, kind: { type, defaultValue: SIZE } }, quiet);
sequelize.define('Choices', { state: { type: DataTypes.ENUM, values: shared.STATES, defaultValue: shared.STATES[0] } }, quiet);
const Level = Object.freeze({ LOW: 'low', HIGH: 'high' });
sequelize.define('Frozen', { level: { type: DataTypes.ENUM(Object.values(Level)), allowNull: false } }, quiet);
sequelize.define('Wrapped', { size: shared.required(DataTypes.SMALLINT), label: shared.required(DataTypes.STRING(7)) }, quiet);
module.exports = sequelize;
