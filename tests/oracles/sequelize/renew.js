'use strict';
// Runs the fixtures with real Sequelize and writes what it would send. See README.md.
const fs = require('fs');
const Module = require('module');
const path = require('path');

// Drivers are not needed to generate DDL, and not all of them install everywhere.
const STUB = { verbose() { return this; }, createConnection() {}, Database: class {}, OPEN_READWRITE: 1, OPEN_CREATE: 2 };
const load = Module._load;

Module._load = function (request, ...rest) {
  if (['mariadb', 'sqlite3', 'tedious'].includes(request)) return STUB;
  if (request === 'sequelize' && Module.current === 5) return load.call(this, 'sequelize5', ...rest);
  return load.call(this, request, ...rest);
};

function run(version, file, dialect) {
  Module.current = version;
  const source = fs.readFileSync(file, 'utf8').replaceAll('DIALECT', JSON.stringify(dialect));
  const made = new Module(file, module);
  made.filename = file;
  made.paths = Module._nodeModulePaths(process.cwd());
  made._compile(source, file);
  const sequelize = made.exports;
  const generator = sequelize.getQueryInterface().queryGenerator || sequelize.getQueryInterface().QueryGenerator;
  const models = {};
  for (const model of sequelize.modelManager.models) {
    const table = model.getTableName();
    const columns = generator.attributesToSQL(model.tableAttributes, { context: 'createTable', table });
    const uniques = Object.values(model.uniqueKeys)
      .filter((key) => key.customIndex)
      .map((key) => [key.name, key.fields]);
    const indexes = (model._indexes || model.options.indexes).map((index) => ({
      name: index.name,
      unique: Boolean(index.unique),
      fields: index.fields.map((field) => (typeof field === 'string' ? field : [field.name, field.order || null])),
    }));
    models[model.name] = { table: table.tableName || table, columns, uniques, indexes };
  }
  return models;
}

const golden = {};
const fixtures = path.join(__dirname, 'fixtures');
for (const version of [6, 5]) {
  for (const dialect of ['mysql', 'mariadb', 'postgres', 'sqlite', 'mssql']) {
    for (const file of fs.readdirSync(fixtures).sort()) {
      const key = `${path.basename(file, '.js')} ${dialect} ${version}`;
      const made = run(version, path.join(fixtures, file), dialect);
      const newer = `${path.basename(file, '.js')} ${dialect} 6`;
      const same = version === 5 && JSON.stringify(made) === JSON.stringify(golden[newer]);
      golden[key] = same ? newer : made;
    }
  }
}
fs.writeFileSync(path.join(__dirname, 'golden.json'), `${JSON.stringify(golden, null, 1)}\n`);

const words = fs.readFileSync(path.join(__dirname, 'words.txt'), 'utf8').trim().split('\n');
const of = (name) => require(require.resolve('inflection', { paths: [require.resolve(name)] }));
const [five, six, seven] = ['sequelize5', 'sequelize', '@sequelize/core'].map(of);
const utils = require('sequelize/lib/utils');
const rows = words.map((word) => [
  word, six.pluralize(word), six.singularize(word), five.pluralize(word), five.singularize(word),
  utils.underscore(word), utils.camelize(`${word}_id`), seven.pluralize(word), seven.singularize(word),
]);
fs.writeFileSync(path.join(__dirname, 'inflection.json'), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
