const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const User = sequelize.define('user', { email: DataTypes.STRING(20), nick: DataTypes.STRING(20) }, { indexes: [{ fields: ['nick'] }] });
sequelize.define('guest', {});

exports.start = async () => {
  await User.sync({ alter: true });
  await sequelize.sync();
};
