import { BelongsTo, Column, DataType, ForeignKey, Model, Table } from 'sequelize-typescript';
import { User } from './user.model';

@Table({ timestamps: false })
export class Post extends Model {
  @Column(DataType.TEXT)
  body!: string;
  @ForeignKey(() => User)
  @Column(DataType.INTEGER)
  authorId!: number;
  @BelongsTo(() => User)
  author!: User;
  @Column(DataType.INTEGER)
  reviewerId!: number;
  @BelongsTo(() => User, { foreignKey: 'reviewerId', constraints: false })
  reviewer!: User;
}
