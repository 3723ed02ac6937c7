const { Sequelize, DataTypes } = require('sequelize');
const crypto = require('crypto');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT', define: { timestamps: false } });
sequelize.define('Text', {
  plain: { type: DataTypes.STRING, defaultValue: 'x' },
  empty: { type: DataTypes.STRING, defaultValue: '' },
  quoted: { type: DataTypes.STRING, defaultValue: "it's" },
  slashed: { type: DataTypes.STRING, defaultValue: 'C:\\temp\\new' },
  line: { type: DataTypes.STRING, defaultValue: 'a\nb' },
  double: { type: DataTypes.STRING, defaultValue: 'say "hi"' },
  template: { type: DataTypes.STRING, defaultValue: `plain` },
  digits: { type: DataTypes.STRING, defaultValue: '007' },
  long: { type: DataTypes.TEXT, defaultValue: 'long' },
});
sequelize.define('Number', {
  one: { type: DataTypes.INTEGER, defaultValue: 1 },
  zero: { type: DataTypes.INTEGER, defaultValue: 0 },
  minus: { type: DataTypes.INTEGER, defaultValue: -5 },
  half: { type: DataTypes.FLOAT, defaultValue: 0.5 },
  money: { type: DataTypes.DECIMAL(8, 2), defaultValue: 10.5 },
  text: { type: DataTypes.DECIMAL(8, 2), defaultValue: '3.10' },
  big: { type: DataTypes.BIGINT, defaultValue: 1_000_000 },
});
sequelize.define('Truth', {
  yes: { type: DataTypes.BOOLEAN, defaultValue: true },
  no: { type: DataTypes.BOOLEAN, defaultValue: false, allowNull: false },
  not: { type: DataTypes.BOOLEAN, defaultValue: !1 },
  none: { type: DataTypes.BOOLEAN, defaultValue: null },
  unset: { type: DataTypes.BOOLEAN, defaultValue: undefined },
});
sequelize.define('Made', {
  id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 },
  other: { type: DataTypes.UUID, defaultValue: Sequelize.UUIDV1 },
  now: { type: DataTypes.DATE, defaultValue: Sequelize.NOW },
  called: { type: DataTypes.DATE, defaultValue: Date.now },
  arrow: { type: DataTypes.INTEGER, defaultValue: () => 7 },
  made: { type: DataTypes.STRING, defaultValue: crypto.randomUUID },
  method: { type: DataTypes.STRING, defaultValue() { return 'x'; } },
  server: { type: DataTypes.DATE, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
});
sequelize.define('Chosen', { state: { type: DataTypes.ENUM('on', 'off'), defaultValue: 'off', allowNull: false }, day: { type: DataTypes.DATEONLY, defaultValue: '2020-01-31' }, hour: { type: DataTypes.TIME, defaultValue: '10:20:00' } });
module.exports = sequelize;
