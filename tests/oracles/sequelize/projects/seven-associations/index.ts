// Associations as decorators.
import { DataTypes, Model, Sequelize, sql } from '@sequelize/core';
import { CLASS } from '@sequelize/DIALECT';
import { Attribute, BelongsTo, BelongsToMany, HasMany, HasOne, NotNull, Table } from '@sequelize/core/decorators-legacy';

@Table({ timestamps: false })
export class Author extends Model {
  @Attribute(DataTypes.STRING(20))
  declare name: string;
  @HasMany(() => Book, 'authorId')
  declare books: Book[];
  @HasMany(() => Article, { foreignKey: 'writerId', inverse: { as: 'writer' } })
  declare articles: Article[];
  @HasOne(() => Photo, { foreignKey: { name: 'personId', onDelete: 'RESTRICT' } })
  declare photo: Photo;
  @BelongsToMany(() => Prize, { through: 'author_prizes' })
  declare prizes: Prize[];
}
@Table({ timestamps: false })
export class Book extends Model {
  @Attribute(DataTypes.INTEGER)
  declare authorId: number;
  @Attribute(DataTypes.INTEGER)
  @NotNull
  declare editorId: number;
  @BelongsTo(() => Author, 'editorId')
  declare editor: Author;
}
@Table({ timestamps: false, underscored: true })
export class Article extends Model {
  @Attribute(DataTypes.STRING(20))
  declare title: string;
}
@Table({ timestamps: false })
export class Photo extends Model {
  @Attribute(DataTypes.STRING(20))
  declare file: string;
}
@Table({ timestamps: false })
export class Prize extends Model {
  @Attribute(DataTypes.STRING(20))
  declare label: string;
}
export const sequelize = new Sequelize({ dialect: CLASS, models: [Author, Book, Article, Photo, Prize] });
