'use strict';
const fs = require('fs');
const path = require('path');
const Sequelize = require('sequelize');

const sequelize = new Sequelize('app', 'user', 'password', { dialect: 'DIALECT', define: { underscored: true, timestamps: false } });
const db = {};

fs.readdirSync(path.join(__dirname, 'models'))
  .filter((file) => file.indexOf('.') !== 0 && file.slice(-3) === '.js')
  .forEach((file) => {
    const model = sequelize['import'](path.join(__dirname, 'models', file));
    db[model.name] = model;
  });

const Tag = sequelize.import('./models/more/tag');
const Label = sequelize.import('label', (connection, DataTypes) => connection.define('Label', { wordCount: DataTypes.INTEGER }));
db.Note = sequelize.import(`${__dirname}/models/more/note.js`);

Object.keys(db).forEach((name) => {
  if (db[name].associate) db[name].associate(db);
});
Tag.belongsTo(db.User);
Label.belongsTo(Tag);

module.exports = sequelize;
