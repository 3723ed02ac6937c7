// Sequelize 7 without decorators: define and init, names, timestamps, keys, uniques and indexes.
import { DataTypes, Model, Sequelize, sql } from '@sequelize/core';
import { CLASS } from '@sequelize/DIALECT';
export const sequelize = new Sequelize({ dialect: CLASS, defaultTimestampPrecision: 6 });
const type = DataTypes.STRING(20);
sequelize.define('Child', { name: type });
sequelize.define('Focus', { name: type }, { timestamps: false });
sequelize.define('Virus', { name: type }, { timestamps: false });
sequelize.define('Goose', { name: type }, { name: { plural: 'Gaggle', singular: 'Bird' }, timestamps: false });
sequelize.define('OAuthToken', { accessURL: type }, { underscored: true });
sequelize.define('Gone', { name: type }, { paranoid: true, version: true, timestamps: true });
sequelize.define('Bare', { a: DataTypes.INTEGER }, { noPrimaryKey: true, timestamps: false });
sequelize.define('OwnId', { id: { type: DataTypes.INTEGER, primaryKey: false } , key: { type, primaryKey: true } }, { timestamps: false });
sequelize.define('Uniques', {
  plain: { type, unique: true },
  named: { type, unique: 'the_name' },
  object: { type, unique: { name: 'the_object' } },
  several: { type, unique: [true, 'second_one'] },
  a: { type, unique: 'both_of' },
  b: { type, unique: 'both_of' },
  indexed: { type, index: true },
  columned: { type, columnName: 'col_umned', unique: true },
  fielded: { type, field: 'fie_lded', index: { name: 'by_fielded', unique: true } },
}, { timestamps: false });
sequelize.define('Indexes', { a: type, b: type, fooBar: type }, { timestamps: false, underscored: true, indexes: [{ fields: ['a'] }, { unique: true, fields: ['a'] }, { fields: ['foo_bar', { name: 'b', order: 'DESC' }] }, { type: 'UNIQUE', name: 'typed', fields: ['b'] }] });
class Writer extends Model {}
Writer.init({ penName: { type: DataTypes.STRING, allowNull: false } }, { sequelize, tableName: 'the_writers', timestamps: false });
