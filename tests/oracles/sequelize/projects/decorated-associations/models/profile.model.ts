import { BelongsTo, Column, DataType, Model, Table } from 'sequelize-typescript';
import { User } from './user.model';

@Table({ underscored: true, timestamps: false })
export class Profile extends Model {
  @Column(DataType.STRING(10))
  color!: string;
  @Column({ type: DataType.INTEGER, allowNull: false })
  ownerId!: number;
  @BelongsTo(() => User, { foreignKey: 'ownerId', onDelete: 'CASCADE' })
  owner!: User;
}
