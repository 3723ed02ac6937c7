import { DataTypes as types } from 'sequelize';
import { sequelize } from './db.mjs';
import City from './city.mjs';
export const Street = sequelize.define('Street', { streetName: types.STRING, houseCount: types.INTEGER });
Street.belongsTo(City);
City.hasMany(Street);
export { Street as Road };
