const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { email: DataTypes.STRING(100) }, {
  indexes: [{ name: 'lower_email', fields: [sequelize.fn('lower', sequelize.col('email'))] }, { fields: [{ name: 'email', length: 5 }] }],
});

exports.start = () => sequelize.sync();
