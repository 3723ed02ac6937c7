const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const User = sequelize.define('user', {});
const Order = sequelize.define('order', {});
Order.belongsTo(User);

exports.start = async () => {
  await Order.sync();
  await User.sync();
};
