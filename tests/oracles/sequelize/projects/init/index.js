// class X extends Model: X.init, super.init, a base class of the project's own.
const Sequelize = require('sequelize');
const { DataTypes, Model } = Sequelize;
const sequelize = new Sequelize({ dialect: 'DIALECT', database: 'x' });

class Writer extends Model {}
Writer.init({ penName: DataTypes.STRING }, { sequelize });

class Volume extends Sequelize.Model {
  static init(connection, types) {
    return super.init(
      { title: { type: types.STRING(200), allowNull: false }, pages: types.SMALLINT },
      { sequelize: connection, modelName: 'volume', tableName: 'volumes_of_works' },
    );
  }
}
Volume.init(sequelize, DataTypes);

class Base extends Model {
  get label() { return this.id; }
}
class Chapter extends Base {}
Chapter.init({ number: { type: DataTypes.INTEGER, allowNull: false } }, { sequelize, underscored: true, modelName: 'BookChapter' });

const Page = class extends Model {};
Page.init({ text: DataTypes.TEXT }, { sequelize, modelName: 'Page', timestamps: true, updatedAt: false });

class Note extends Model {
  static setUp(sequelize) {
    this.init({ body: DataTypes.TEXT, writtenOn: DataTypes.DATEONLY }, { sequelize, modelName: 'Note', paranoid: true });
    return this;
  }
}
Note.setUp(sequelize);

module.exports = sequelize;
