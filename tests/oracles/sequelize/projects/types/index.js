// The types that all three databases take.
const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT', define: { timestamps: false } });
sequelize.define('Whole', { a: DataTypes.SMALLINT, b: DataTypes.INTEGER, c: DataTypes.BIGINT, d: DataTypes.INTEGER.UNSIGNED, e: DataTypes.BIGINT(11), f: DataTypes.INTEGER(5).ZEROFILL.UNSIGNED });
sequelize.define('Fraction', { a: DataTypes.FLOAT, b: DataTypes.FLOAT(11), c: DataTypes.FLOAT(11, 3), d: DataTypes.REAL, e: DataTypes.DOUBLE, f: DataTypes.DECIMAL, g: DataTypes.DECIMAL(7), h: DataTypes.DECIMAL(7, 2), i: DataTypes.NUMERIC(3, 1), j: DataTypes.DECIMAL(9, 0) });
sequelize.define('Letters', { a: DataTypes.STRING, b: DataTypes.STRING(1), c: DataTypes.CHAR, d: DataTypes.CHAR(4), e: DataTypes.TEXT, f: DataTypes.TEXT('tiny'), g: DataTypes.TEXT('long'), h: DataTypes.STRING({ length: 44 }) });
sequelize.define('Moment', { a: DataTypes.DATE, b: DataTypes.DATE(3), c: DataTypes.DATEONLY, d: DataTypes.TIME });
sequelize.define('Thing', { a: DataTypes.BOOLEAN, b: DataTypes.UUID, c: DataTypes.JSON, d: DataTypes.BLOB, e: DataTypes.BLOB('medium'), f: DataTypes.STRING(8).BINARY, g: DataTypes.STRING.BINARY });
sequelize.define('Choice', { a: DataTypes.ENUM('x', 'y'), b: DataTypes.ENUM(['p', 'q']), c: { type: DataTypes.ENUM({ values: ['r'] }) }, d: { type: DataTypes.ENUM("it's", 'a"b', 'c,d') } });
sequelize.define('Written', { a: 'VARCHAR(7)', b: { type: 'INTEGER', allowNull: false } });
sequelize.define('Virtual', { a: DataTypes.VIRTUAL, b: { type: DataTypes.VIRTUAL(DataTypes.STRING) }, c: DataTypes.INTEGER });
sequelize.define('Called', { a: DataTypes.INTEGER(), b: new DataTypes.INTEGER(), c: { type: new DataTypes.DECIMAL({ precision: 6, scale: 2 }) }, d: DataTypes['INTEGER'] });
module.exports = sequelize;
