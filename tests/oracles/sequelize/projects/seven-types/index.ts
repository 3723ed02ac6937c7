// The types that all three databases take in Sequelize 7.
import { DataTypes, Model, Sequelize, sql } from '@sequelize/core';
import { CLASS } from '@sequelize/DIALECT';
export const sequelize = new Sequelize({ dialect: CLASS, define: { timestamps: false } });
sequelize.define('Whole', { a: DataTypes.TINYINT, b: DataTypes.SMALLINT, c: DataTypes.MEDIUMINT, d: DataTypes.INTEGER, f: DataTypes.INTEGER.UNSIGNED, g: DataTypes.SMALLINT.UNSIGNED, h: DataTypes.TINYINT.UNSIGNED });
sequelize.define('Fraction', { a: DataTypes.FLOAT, b: DataTypes.DOUBLE, c: DataTypes.REAL });
sequelize.define('Letters', { a: DataTypes.STRING, b: DataTypes.STRING(7), c: DataTypes.TEXT });
sequelize.define('Moment', { a: DataTypes.DATE, b: DataTypes.DATE(3), c: DataTypes.DATEONLY, d: DataTypes.TIME, e: DataTypes.TIME(2) });
sequelize.define('Thing', { a: DataTypes.BOOLEAN, b: DataTypes.UUID, c: DataTypes.JSON, d: DataTypes.BLOB, e: DataTypes.ENUM('x', 'y'), f: DataTypes.UUID.V4 });
sequelize.define('Default', {
  text: { type: DataTypes.STRING, defaultValue: "it's" },
  yes: { type: DataTypes.BOOLEAN, defaultValue: true },
  number: { type: DataTypes.INTEGER, defaultValue: -4 },
  made: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4 },
  now: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
  later: { type: DataTypes.DATE, defaultValue: sql.literal('CURRENT_TIMESTAMP') },
  called: { type: DataTypes.INTEGER, defaultValue: () => 7 },
  state: { type: DataTypes.ENUM('on', 'off'), defaultValue: 'on', allowNull: false },
});
sequelize.define('Key', { id: { type: DataTypes.INTEGER, primaryKey: true }, other: DataTypes.INTEGER });
