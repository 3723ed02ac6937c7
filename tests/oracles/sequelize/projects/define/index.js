// sequelize.define in its ways: kept, returned, exported, unused; the receiver under other names.
const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('shop', 'user', 'secret', { dialect: 'DIALECT' });
const db = { sequelize, conn: sequelize };

const Buyer = sequelize.define('Buyer', { name: DataTypes.STRING, age: { type: DataTypes.INTEGER } });
db.Seller = db.sequelize.define('Seller', { name: { type: DataTypes.STRING(60), allowNull: false } });
sequelize.define('unusedThing', {
  label: DataTypes.STRING,
  'quoted-key': DataTypes.INTEGER,
  ['computed']: DataTypes.BOOLEAN,
}, { timestamps: false });
function makeOrder(connection) {
  return connection.define('Order', { total: DataTypes.DECIMAL(10, 2) }, { tableName: 'shop_orders' });
}
db.Order = makeOrder(sequelize);
db.Empty = db.conn.define('Empty', { only: DataTypes.DATEONLY }, {});
const { INTEGER, STRING: Text } = Sequelize;
sequelize.define('Destructured', { amount: INTEGER, code: Text(12) }, { freezeTableName: true });
const T = DataTypes;
sequelize.define('Aliased', { amount: T.BIGINT, code: new T.STRING(3) }, { modelName: 'Ignored' });

module.exports = { sequelize, Buyer, ...db };
