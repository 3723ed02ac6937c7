import { DataTypes, Model } from 'sequelize';
import db from './db.mjs';
export default class City extends Model {}
City.init({ zipCode: { type: DataTypes.STRING(10), allowNull: false }, population: DataTypes.BIGINT }, { sequelize: db, modelName: 'City' });
