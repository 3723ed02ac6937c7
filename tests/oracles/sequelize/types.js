'use strict';
// Every type, made by real Sequelize on a server: node types.js VERSION DIALECT CONNECTION. See README.md.
const [version, dialect, connection] = process.argv.slice(2);
const { Sequelize, DataTypes } = require(`sequelize-${version}`);

const sequelize = new Sequelize({ ...JSON.parse(connection), dialect, logging: false });
const types = {
  STRING: () => DataTypes.STRING, 'STRING(9).BINARY': () => DataTypes.STRING(9).BINARY, TEXT: () => DataTypes.TEXT,
  "TEXT('long')": () => DataTypes.TEXT('long'), CITEXT: () => DataTypes.CITEXT, CHAR: () => DataTypes.CHAR,
  TINYINT: () => DataTypes.TINYINT, SMALLINT: () => DataTypes.SMALLINT, MEDIUMINT: () => DataTypes.MEDIUMINT,
  INTEGER: () => DataTypes.INTEGER, 'INTEGER.UNSIGNED': () => DataTypes.INTEGER.UNSIGNED, BIGINT: () => DataTypes.BIGINT,
  FLOAT: () => DataTypes.FLOAT, REAL: () => DataTypes.REAL, DOUBLE: () => DataTypes.DOUBLE, DECIMAL: () => DataTypes.DECIMAL,
  BOOLEAN: () => DataTypes.BOOLEAN, DATE: () => DataTypes.DATE, DATEONLY: () => DataTypes.DATEONLY, TIME: () => DataTypes.TIME,
  UUID: () => DataTypes.UUID, JSON: () => DataTypes.JSON, JSONB: () => DataTypes.JSONB, BLOB: () => DataTypes.BLOB,
  "BLOB('tiny')": () => DataTypes.BLOB('tiny'), 'ARRAY(STRING)': () => DataTypes.ARRAY(DataTypes.STRING),
  'ARRAY(INTEGER)': () => DataTypes.ARRAY(DataTypes.INTEGER), 'RANGE(INTEGER)': () => DataTypes.RANGE(DataTypes.INTEGER),
  HSTORE: () => DataTypes.HSTORE, INET: () => DataTypes.INET, CIDR: () => DataTypes.CIDR, MACADDR: () => DataTypes.MACADDR,
  TSVECTOR: () => DataTypes.TSVECTOR, GEOMETRY: () => DataTypes.GEOMETRY, GEOGRAPHY: () => DataTypes.GEOGRAPHY,
  "ENUM('a')": () => DataTypes.ENUM('a'),
};

(async () => {
  const made = {};
  for (const [name, type] of Object.entries(types)) {
    try {
      const model = sequelize.define(`t${Object.keys(made).length}`, { it: { type: type() } }, { timestamps: false });
      await model.sync();
      made[name] = null;
    } catch (error) {
      made[name] = (error.parent || error).sqlMessage || (error.parent || error).message;
    }
  }
  console.log(JSON.stringify(made));
  process.exit(0);
})();
