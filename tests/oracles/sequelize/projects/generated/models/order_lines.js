const Sequelize = require('sequelize');
module.exports = (sequelize, DataTypes) => {
  return order_lines.init(sequelize, DataTypes);
}

class order_lines extends Sequelize.Model {
  static init(sequelize, DataTypes) {
  return super.init({
    order_id: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true, references: { model: 'orders', key: 'id' } },
    line: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
    price: { type: DataTypes.DECIMAL(8,2), allowNull: true }
  }, {
    sequelize,
    modelName: 'order_lines',
    tableName: 'order_lines',
    timestamps: false
  });
  }
}
