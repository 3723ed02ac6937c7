import { sequelize } from './db.mjs';
import { Road } from './street.mjs';
export default function initCountry(connection, { STRING, CHAR }) {
  return connection.define('Country', { isoCode: { type: CHAR(2), primaryKey: true }, fullName: STRING });
}
import { DataTypes } from 'sequelize';
initCountry(sequelize, DataTypes);
export { sequelize, Road };
