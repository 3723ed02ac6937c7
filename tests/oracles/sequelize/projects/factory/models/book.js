'use strict';
module.exports = function (db, type) {
  const Book = db.define('Book', { title: type.STRING(80), isbn: { type: type.CHAR(13), unique: true } }, { indexes: [{ fields: ['title'] }] });
  Book.associate = (models) => {
    Book.belongsTo(models.Author, { foreignKey: 'authorId', as: 'author' });
  };
  return Book;
};
