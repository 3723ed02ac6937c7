var DataTypes = require("sequelize").DataTypes;
var _customers = require("./customers");
var _orders = require("./orders");
var _order_lines = require("./order_lines");

function initModels(sequelize) {
  var customers = _customers(sequelize, DataTypes);
  var orders = _orders(sequelize, DataTypes);
  var order_lines = _order_lines(sequelize, DataTypes);

  orders.belongsTo(customers, { as: "customer", foreignKey: "customer_id"});
  customers.hasMany(orders, { as: "orders", foreignKey: "customer_id"});
  order_lines.belongsTo(orders, { as: "order", foreignKey: "order_id"});
  orders.hasMany(order_lines, { as: "order_lines", foreignKey: "order_id"});

  return { customers, orders, order_lines };
}
module.exports = initModels;
module.exports.initModels = initModels;
module.exports.default = initModels;
