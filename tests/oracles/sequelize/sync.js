'use strict';
// One program of sync/ from standard input, started: node sync.js VERSION CONNECTION. See README.md.
const fs = require('fs');
const Module = require('module');
const path = require('path');

const [version, connection] = process.argv.slice(2);
const place = { ...JSON.parse(connection), logging: false };
const load = Module._load;

// The program's own address is exchanged for the server's; all else of it runs as it stands.
Module._load = function (request, ...rest) {
  if (request !== 'sequelize' && request !== '@sequelize/core') return load.call(this, request, ...rest);
  if (rest[0].id !== module.id && rest[0].id !== 'program') return load.call(this, request, ...rest);
  const real = load.call(this, request === 'sequelize' ? `sequelize-${version}` : request, ...rest);
  class Sequelize extends real.Sequelize {
    constructor(...given) {
      const { database, ...options } = given[given.length - 1];
      super({ ...options, ...place });
    }
  }
  return { ...real, Sequelize, DataTypes: real.DataTypes || real.Sequelize.DataTypes, Model: real.Model };
};

const made = new Module('program', module);
made.paths = Module._nodeModulePaths(process.cwd());
made._compile(fs.readFileSync(0, 'utf8'), path.join(process.cwd(), 'program.js'));
made.exports.start().then(
  () => process.exit(0),
  (error) => {
    let cause = error;
    while (cause.cause || cause.parent) cause = cause.cause || cause.parent;
    console.error(cause.sqlMessage || cause.message);
    process.exit(1);
  },
);
