'use strict';
// Has TypeORM make the tables of entities on an empty database: node run.js DRIVER CONNECTION < cases. See README.md.
require('reflect-metadata');
const fs = require('fs');
const Module = require('module');
const ts = require('typescript');

const [driver, connection] = process.argv.slice(2);
const cases = JSON.parse(fs.readFileSync(0, 'utf8'));
const compilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2020,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

function loaded(text) {
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  const made = new Module('entities.js', module);
  made.paths = module.paths;
  made._compile(outputText, __dirname + '/entities.js');
  return made.exports;
}

async function tables(text) {
  delete globalThis.typeormMetadataArgsStorage;
  const { DataSource, getMetadataArgsStorage } = require('typeorm');
  const given = loaded(text);
  const said = [];
  const logger = {
    logQuery: (query) => said.push(query),
    ...Object.fromEntries(['logQueryError', 'logQuerySlow', 'logSchemaBuild', 'logMigration', 'log'].map((one) => [one, () => {}])),
  };
  const settings = { type: driver, ...JSON.parse(connection), uuidExtension: 'pgcrypto', logging: true, logger, ...given.options };
  const entities = getMetadataArgsStorage().tables.map((table) => table.target);
  const source = await new DataSource({ ...settings, entities }).initialize();
  try {
    await source.dropDatabase();
    if (driver === 'postgres') await source.query('CREATE SCHEMA IF NOT EXISTS auth');
    said.length = 0;
    await source.synchronize();
    return said.filter((query) => /^(CREATE|ALTER|DROP)\b/.test(query) && !/EXTENSION/.test(query));
  } finally {
    await source.destroy();
  }
}

(async () => {
  const found = [];
  for (const text of cases) {
    found.push(await tables(text).then((sql) => ({ sql }), (error) => ({ refused: String(error.message || error) })));
  }
  console.log(JSON.stringify(found));
})();
