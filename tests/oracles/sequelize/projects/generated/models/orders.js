module.exports = function(sequelize, DataTypes) {
  return sequelize.define('orders', {
    id: { autoIncrement: true, type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
    customer_id: { type: DataTypes.BIGINT, allowNull: false, references: { model: 'customers', key: 'id' } },
    state: { type: DataTypes.STRING(20), allowNull: false, defaultValue: "open" }
  }, {
    sequelize,
    tableName: 'orders',
    timestamps: false,
    indexes: [
      { name: "orders_customer", using: "BTREE", fields: [ { name: "customer_id" } ] },
      { name: "orders_state_customer", unique: true, using: "BTREE", fields: [ { name: "state" }, { name: "customer_id" } ] },
    ]
  });
};
