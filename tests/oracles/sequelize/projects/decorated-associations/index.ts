import 'reflect-metadata';
import { Sequelize } from 'sequelize-typescript';
import { User } from './models/user.model';
import { Post } from './models/post.model';
import { Profile } from './models/profile.model';
import { Group, Membership } from './models/group.model';

export const sequelize = new Sequelize({ dialect: 'DIALECT' });
sequelize.addModels([User, Post, Profile, Group, Membership]);
