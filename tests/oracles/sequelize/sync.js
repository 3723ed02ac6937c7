'use strict';
// One program of sync/, started: node sync.js VERSION FILE DIALECT CONNECTION. See README.md.
const fs = require('fs');
const Module = require('module');

const [version, file, dialect, connection] = process.argv.slice(2);
const place = { ...JSON.parse(connection), dialect, logging: false };
const load = Module._load;

// The program's own address is exchanged for the server's; all else of it runs as it stands.
Module._load = function (request, ...rest) {
  if (request !== 'sequelize') return load.call(this, request, ...rest);
  const real = load.call(this, `sequelize-${version}`, ...rest);
  class Sequelize extends real.Sequelize {
    constructor(database, user, password, options) { super({ ...options, ...place }); }
  }
  return { ...real, Sequelize, DataTypes: real.DataTypes || real.Sequelize.DataTypes, Model: real.Model };
};

const made = new Module(file, module);
made.filename = file;
made.paths = Module._nodeModulePaths(process.cwd());
made._compile(fs.readFileSync(file, 'utf8').replaceAll('DIALECT', JSON.stringify(dialect)), file);
made.exports.start().then(
  () => process.exit(0),
  (error) => {
    console.error((error.parent || error).sqlMessage || (error.parent || error).message);
    process.exit(1);
  },
);
