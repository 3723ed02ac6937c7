// Columns of a base class are columns of the classes below it.
import 'reflect-metadata';
import { Column, CreatedAt, DataType, ForeignKey, Model, PrimaryKey, Sequelize, Table } from 'sequelize-typescript';

abstract class Base extends Model {
  @PrimaryKey
  @Column(DataType.UUID)
  declare id: string;
  @Column({ type: DataType.STRING(20), allowNull: false })
  tenant!: string;
}
@Table({ timestamps: false })
class Leafy extends Base {
  @Column(DataType.INTEGER)
  size!: number;
}
@Table
class Woody extends Base {
  @Column(DataType.INTEGER)
  rings!: number;
  @ForeignKey(() => Leafy)
  @Column(DataType.UUID)
  leafId!: string;
  @CreatedAt
  plantedOn!: Date;
}
export const sequelize = new Sequelize({ dialect: 'DIALECT', models: [Leafy, Woody] });
