// Schemas: of the instance and of models; MySQL and SQLite make one name of both.
const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT', schema: 'shop', define: { timestamps: false } });
sequelize.addHook('beforeBulkSync', async () => {
  for (const name of ['shop', 'store']) await sequelize.query(`CREATE SCHEMA ${name}`).catch(() => {});
});
const Item = sequelize.define('Item', { name: DataTypes.STRING });
const Stock = sequelize.define('Stock', { amount: DataTypes.INTEGER }, { schema: 'store', indexes: [{ fields: ['amount'] }] });
const Kind = sequelize.define('Kind', { label: DataTypes.ENUM('a', 'b') });
Stock.belongsTo(Item);
Item.belongsTo(Kind);
module.exports = sequelize;
