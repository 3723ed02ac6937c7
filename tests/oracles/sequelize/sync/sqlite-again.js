const { Sequelize, DataTypes, Model } = require('sequelize');
const sequelize = new Sequelize('app', 'user', 'password', { dialect: DIALECT, define: { timestamps: false } });

const Team = sequelize.define('team', {
  name: { type: DataTypes.STRING(40), unique: true },
  town: { type: DataTypes.STRING(40), allowNull: false, unique: 'place' },
  land: { type: DataTypes.STRING(2), allowNull: false, unique: 'place' },
});
const User = sequelize.define('user', {
  code: { type: DataTypes.STRING(9), primaryKey: true },
  active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
  points: { type: DataTypes.INTEGER, defaultValue: 5 },
  mood: { type: DataTypes.ENUM('happy', 'sad'), defaultValue: 'sad' },
  said: { type: DataTypes.STRING, defaultValue: "it's" },
  notes: DataTypes.TEXT,
}, { indexes: [{ fields: ['points'], where: { active: true }, name: 'of_active' }, { unique: true, fields: ['said', 'points'] }] });
const Post = sequelize.define('post', { title: DataTypes.STRING(40), slug: { type: DataTypes.STRING(40), unique: true } });
User.belongsTo(Team, { foreignKey: { name: 'teamId', onDelete: 'CASCADE' } });
User.belongsTo(Team, { as: 'other', foreignKey: 'otherId' });
User.belongsTo(User, { as: 'boss', foreignKey: 'bossCode' });
Post.belongsTo(User, { foreignKey: { name: 'userCode', allowNull: false } });
User.belongsToMany(Team, { through: 'members' });

exports.start = () => sequelize.sync({ alter: true });
