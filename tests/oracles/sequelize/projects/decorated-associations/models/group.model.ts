import { BelongsToMany, Column, DataType, ForeignKey, Model, Table } from 'sequelize-typescript';
import { User } from './user.model';

@Table({ timestamps: false })
export class Group extends Model {
  @Column(DataType.STRING(20))
  label!: string;
  @BelongsToMany(() => User, () => Membership)
  members!: User[];
}

@Table({ timestamps: false, tableName: 'memberships' })
export class Membership extends Model {
  @ForeignKey(() => User)
  @Column(DataType.INTEGER)
  userId!: number;
  @ForeignKey(() => Group)
  @Column(DataType.INTEGER)
  groupId!: number;
  @Column(DataType.STRING(12))
  role!: string;
}
