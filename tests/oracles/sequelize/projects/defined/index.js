// `define` of the instance under the options of models.
const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('DIALECT://h/d', {
  dialect: 'DIALECT',
  define: { underscored: true, freezeTableName: true, paranoid: true, createdAt: 'madeAt', version: true, indexes: [{ fields: ['made_at'] }] },
});
sequelize.define('WorkItem', { dueDay: DataTypes.DATEONLY });
sequelize.define('PlainItem', { dueDay: DataTypes.DATEONLY }, { underscored: false, indexes: [{ fields: ['dueDay'], name: 'by_day' }] , createdAt: 'made_at'});
sequelize.define('LivingItem', { dueDay: DataTypes.DATEONLY }, { paranoid: false, version: 'revision' });
sequelize.define('PluralItem', { dueDay: DataTypes.DATEONLY }, { freezeTableName: false });
sequelize.define('StampedItem', { dueDay: DataTypes.DATEONLY }, { updatedAt: 'changedAt', deletedAt: 'goneAt', version: false });
sequelize.define('NamedItem', { dueDay: { type: DataTypes.DATEONLY, field: 'DueDay' } }, { tableName: 'ITEMS', createdAt: 'madeAt', indexes: undefined });
module.exports = { sequelize };
