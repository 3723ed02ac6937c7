// Sequelize 7 with decorators: types are never inferred.
import { DataTypes, Model, Sequelize, sql } from '@sequelize/core';
import { CLASS } from '@sequelize/DIALECT';
import { Attribute, AutoIncrement, ColumnName, Comment, CreatedAt, Default, DeletedAt, Index, NotNull, PrimaryKey, Table, Unique, UpdatedAt, Version, AllowNull, createIndexDecorator } from '@sequelize/core/decorators-legacy';

const NameIndex = createIndexDecorator('NameIndex', { unique: true });

export class Person extends Model {
  @Attribute(DataTypes.STRING)
  @NotNull
  declare firstName: string;
  @Attribute(DataTypes.STRING(30))
  declare lastName: string | null;
  @Attribute({ type: DataTypes.INTEGER, defaultValue: 3, allowNull: false })
  declare age: number;
}

@Table({ tableName: 'accounts', underscored: true })
export class Account extends Model {
  @Attribute(DataTypes.INTEGER)
  @PrimaryKey
  @AutoIncrement
  declare number: number;
  @Attribute(DataTypes.STRING(60))
  @Unique
  @NotNull
  declare email: string;
  @Attribute(DataTypes.STRING(20))
  @ColumnName('nick')
  @AllowNull
  declare nickName: string;
  @Attribute(DataTypes.INTEGER)
  @Default(0)
  @Comment('times')
  declare loginCount: number;
  @Attribute(DataTypes.STRING(10))
  @Unique('named_one')
  declare named: string;
}

@Table({ timestamps: false })
export class Indexed extends Model {
  @Attribute(DataTypes.STRING(10))
  @Index
  declare plain: string;
  @Attribute(DataTypes.STRING(10))
  @Index({ name: 'named', unique: true })
  declare fancy: string;
  @Attribute(DataTypes.STRING(10))
  @NameIndex
  declare first: string;
  @Attribute(DataTypes.STRING(10))
  @NameIndex({ order: 'DESC' })
  declare last: string;
  @Attribute(DataTypes.STRING(10))
  @Unique('left_right')
  declare left: string;
  @Attribute(DataTypes.STRING(10))
  @Unique('left_right')
  declare right: string;
  @Attribute(DataTypes.STRING(10))
  @Unique({ name: 'object_unique' })
  declare object: string;
  @Attribute({ type: DataTypes.STRING(10), index: 'by_option', columnName: 'the_option' })
  declare option: string;
}

@Table({ freezeTableName: true })
export class Stamped extends Model {
  @Attribute(DataTypes.STRING(10))
  declare text: string;
  @CreatedAt
  declare madeAt: Date;
  @UpdatedAt
  declare changedAt: Date;
  @DeletedAt
  declare goneAt: Date;
  @Version
  declare revision: number;
}

@Table.Abstract
abstract class Base extends Model {
  @Attribute(DataTypes.STRING(8))
  @NotNull
  declare tenant: string;
}
export class Below extends Base {
  @Attribute(DataTypes.INTEGER)
  declare size: number;
}

export const sequelize = new Sequelize({ dialect: CLASS, models: [Person, Account, Indexed, Stamped, Below] });
