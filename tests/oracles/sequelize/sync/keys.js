const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

sequelize.define('team', {});
sequelize.define('user', {
  team: { type: DataTypes.INTEGER, field: 'team_id', references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE' },
  other: { type: DataTypes.INTEGER, field: 'other_id', references: { model: 'teams', key: 'id' } },
});

exports.start = () => sequelize.sync({ alter: true });
