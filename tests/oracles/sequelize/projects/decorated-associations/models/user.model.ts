import { BelongsToMany, Column, DataType, HasMany, HasOne, Model, Table } from 'sequelize-typescript';
import { Post } from './post.model';
import { Profile } from './profile.model';
import { Group, Membership } from './group.model';

@Table
export class User extends Model {
  @Column(DataType.STRING(40))
  name!: string;
  @HasMany(() => Post)
  posts!: Post[];
  @HasMany(() => Post, { foreignKey: 'reviewerId', as: 'reviews' })
  reviews!: Post[];
  @HasOne(() => Profile, 'ownerId')
  profile!: Profile;
  @BelongsToMany(() => Group, () => Membership)
  groups!: Group[];
}
