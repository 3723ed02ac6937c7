const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('user', { parent: { type: DataTypes.INTEGER, field: 'parent_id', references: { model: 'parents' } } }, { indexes: [{ fields: ['parent_id'] }] });
sequelize.define('parent', { name: DataTypes.STRING });

exports.start = () => sequelize.sync({ force: true });
