'use strict';
// Loads projects with real Sequelize and runs sync() on real servers: node models.js MAJOR JOBS.json. See README.md.
const fs = require('fs');
const Module = require('module');
const path = require('path');
const ts = require('typescript');

const [major, jobs] = process.argv.slice(2);
const DIALECTS = { postgres: 'PostgresDialect', mariadb: 'MariaDbDialect', sqlite: 'SqliteDialect' };
const PACKAGES = { 5: 'sequelize5', 6: 'sequelize', 7: '@sequelize/core' };
const { Sequelize } = require(PACKAGES[major]);
let job;

// Every module of a project: the dialect is put in, then TypeScript and ES modules become what Node runs.
const options = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2021,
  experimentalDecorators: true,
  emitDecoratorMetadata: major === '6',
  esModuleInterop: true,
  allowJs: true,
};
for (const ending of ['.js', '.ts', '.mjs', '.cjs']) {
  const known = Module._extensions[ending] || Module._extensions['.js'];
  Module._extensions[ending] = (module, file) => {
    if (!file.startsWith(job.folder)) return known(module, file);
    const text = fs.readFileSync(file, 'utf8').replaceAll('DIALECT', job.dialect).replaceAll('CLASS', DIALECTS[job.dialect]);
    const { outputText } = ts.transpileModule(text, { fileName: file.replace(/\.[cm]?js$/, '.ts'), compilerOptions: options });
    return module._compile(outputText, file);
  };
}
const json = Module._extensions['.json'];
Module._extensions['.json'] = (module, file) => {
  if (!file.startsWith(job.folder)) return json(module, file);
  module.exports = JSON.parse(fs.readFileSync(file, 'utf8').replaceAll('DIALECT', job.dialect));
};
const load = Module._load;
Module._load = function (request, ...rest) {
  if (request === '@sequelize/sqlite') return load.call(this, '@sequelize/sqlite3', ...rest);
  return load.call(this, request === 'sequelize' && major === '5' ? 'sequelize5' : request, ...rest);
};

// Wherever the project wants to connect to, it gets a fresh database.
Sequelize.beforeInit((config, options) => {
  for (const held of options === undefined ? [config] : [config, options]) {
    for (const key of ['host', 'port', 'url', 'user', 'username', 'password', 'database']) delete held[key];
    Object.assign(held, job.connection);
  }
  (options || config).logging = false;
});

async function run() {
  const loaded = require(path.join(job.folder, 'index'));
  const sequelize = loaded.sequelize || loaded.default || loaded;
  try {
    await sequelize.sync();
  } finally {
    await sequelize.close();
  }
}

(async () => {
  const told = {};
  for (job of JSON.parse(fs.readFileSync(jobs, 'utf8'))) {
    for (const file of Object.keys(require.cache)) if (file.startsWith(job.folder)) delete require.cache[file];
    try {
      await run();
      told[job.name] = null;
    } catch (error) {
      let cause = error;
      while (cause.cause) cause = cause.cause;
      told[job.name] = `${error.message}${cause === error ? '' : ` (${cause.message})`}`;
    }
  }
  fs.writeFileSync(1, JSON.stringify(told));
  process.exit(0);
})();
