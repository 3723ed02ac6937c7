'use strict';
const { Model } = require('sequelize');
module.exports = (sequelize, DataTypes) => {
  class Author extends Model {
    static associate(models) {
      Author.hasMany(models.Book, { foreignKey: 'authorId', as: 'books' });
      Author.belongsToMany(models.Genre, { through: 'author_genres' });
    }
  }
  Author.init({ firstName: DataTypes.STRING, lastName: { type: DataTypes.STRING, allowNull: false } }, { sequelize, modelName: 'Author' });
  return Author;
};
