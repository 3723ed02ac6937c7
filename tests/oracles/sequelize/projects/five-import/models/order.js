'use strict';
module.exports = function (sequelize, types) {
  class Order extends sequelize.Sequelize.Model {
    static associate(models) {
      Order.belongsTo(models.User);
    }
  }
  Order.init({ total: types.DECIMAL(10, 2) }, { sequelize, modelName: 'Order', indexes: [{ fields: ['total'] }] });
  return Order;
};
