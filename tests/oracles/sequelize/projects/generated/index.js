const Sequelize = require('sequelize');
const sequelize = new Sequelize('a', 'b', 'c', { dialect: 'DIALECT' });
require('./models/init-models')(sequelize);
module.exports = sequelize;
