// sequelize-typescript: columns, inferred types, keys, timestamps, indexes.
import 'reflect-metadata';
import { AllowNull, AutoIncrement, Column, Comment, CreatedAt, DataType, Default, DeletedAt, Index, IsEmail, Length, Model, PrimaryKey, Sequelize, Table, Unique, UpdatedAt, createIndexDecorator } from 'sequelize-typescript';

const ByBoth = createIndexDecorator({ name: 'by_both', unique: true });

@Table
class Person extends Model {
  @Column
  name!: string;
  @Column
  age!: number;
  @Column
  big!: bigint;
  @Column
  alive!: boolean;
  @Column
  born!: Date;
  @Column
  photo!: Buffer;
  @Column({ type: DataType.STRING(20), allowNull: false, defaultValue: 'x' })
  code?: string;
  plain!: string;
}

@Table({ tableName: 'accounts', timestamps: true, underscored: true })
export class Account extends Model<Account> {
  @PrimaryKey
  @Default(DataType.UUIDV4)
  @Column(DataType.UUID)
  declare id: string;
  @AllowNull(false)
  @Unique
  @IsEmail
  @Column(DataType.STRING(120))
  email!: string;
  @AllowNull
  @Length({ max: 10 })
  @Column
  nickName!: string;
  @Default(0)
  @Comment('how many')
  @Column(DataType.INTEGER)
  loginCount!: number;
  @Column({ field: 'LEGACY', type: DataType.TEXT })
  legacy!: string;
  @Column(DataType.VIRTUAL)
  computed!: string;
}

@Table({ freezeTableName: true })
class Stamped extends Model {
  @Column(DataType.DECIMAL(8, 2))
  amount!: number;
  @CreatedAt
  madeAt!: Date;
  @UpdatedAt
  changedAt!: Date;
  @DeletedAt
  goneAt!: Date;
}

@Table({ timestamps: false, modelName: 'Keyed' })
class KeyedModel extends Model {
  @PrimaryKey
  @AutoIncrement
  @Column(DataType.BIGINT)
  number!: number;
  @Index
  @Column(DataType.STRING(30))
  first!: string;
  @Index('named')
  @Column(DataType.STRING(30))
  second!: string;
  @Index({ name: 'many', unique: true })
  @Column(DataType.STRING(30))
  third!: string;
  @Index({ name: 'many', order: 'DESC' })
  @Column(DataType.STRING(30))
  fourth!: string;
  @ByBoth
  @Column(DataType.STRING(30))
  fifth!: string;
  @ByBoth({ order: 'DESC' })
  @Column(DataType.STRING(30))
  sixth!: string;
}

@Table({ timestamps: false, indexes: [{ fields: ['a'] }] })
class Listed extends Model {
  @Index
  @Column(DataType.INTEGER)
  b!: number;
  @Column(DataType.INTEGER)
  a!: number;
}

@Table({ timestamps: false })
class Chosen extends Model {
  @Default('on')
  @Column(DataType.ENUM('on', 'off'))
  state!: string;
  @Unique('pair')
  @Column(DataType.STRING(9))
  left!: string;
  @Unique('pair')
  @Column(DataType.STRING(9))
  right!: string;
  @Unique({ name: 'alone', msg: 'taken' })
  @Column(DataType.STRING(9))
  alone!: string;
}

export const sequelize = new Sequelize({ dialect: 'DIALECT', models: [Person, Account, Stamped, KeyedModel, Listed, Chosen] });
