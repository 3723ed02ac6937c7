const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT', define: { timestamps: false, charset: 'utf8mb4', engine: 'InnoDB' } });
sequelize.define('Small', { a: DataTypes.TINYINT, b: DataTypes.TINYINT(1), c: DataTypes.MEDIUMINT, d: DataTypes.TINYINT.UNSIGNED, e: DataTypes.MEDIUMINT(4).UNSIGNED.ZEROFILL });
sequelize.define('Counter', { id: { type: DataTypes.BIGINT.UNSIGNED, primaryKey: true, autoIncrement: true }, f: DataTypes.FLOAT(7, 2).UNSIGNED, g: DataTypes.DECIMAL(7, 2).UNSIGNED });
sequelize.define('Place', { at: DataTypes.GEOMETRY, point: DataTypes.GEOMETRY('POINT') });
sequelize.define('Text', { a: DataTypes.TEXT('medium'), b: { type: DataTypes.TEXT('tiny'), defaultValue: 'none' }, c: DataTypes.BLOB('tiny'), d: DataTypes.BLOB('long'), e: { type: DataTypes.TEXT, defaultValue: 'none' }, f: { type: DataTypes.JSON, defaultValue: {} } }, { comment: 'texts' });
sequelize.define('Prefixed', { body: DataTypes.TEXT, name: DataTypes.STRING }, {
  indexes: [
    { fields: [{ name: 'body', length: 20 }] },
    { type: 'FULLTEXT', name: 'words', fields: ['body', 'name'] },
    { fields: ['name'], where: { name: 'x' } },
    { unique: true, name: 'both', fields: ['name', { attribute: 'body', length: 5 }], using: 'BTREE' },
  ],
});
sequelize.define('Commented', { a: { type: DataTypes.STRING, comment: "it's" }, b: { type: DataTypes.INTEGER, comment: 'number', defaultValue: 1, allowNull: false } });
sequelize.define('Stamped', { at: { type: 'TIMESTAMP', defaultValue: Sequelize.literal('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP'), allowNull: false } });
module.exports = sequelize;
