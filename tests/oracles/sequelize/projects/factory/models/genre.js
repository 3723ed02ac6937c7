module.exports = (sequelize, Sequelize) => {
  const Genre = sequelize.define('Genre', { label: { type: Sequelize.STRING, primaryKey: true } }, {});
  Genre.associate = function (models) {
    Genre.belongsToMany(models.Author, { through: 'author_genres' });
  };
  return Genre;
};
