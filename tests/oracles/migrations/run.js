'use strict';
// One step of a tool, up or back: node run.js TOOL FOLDER up|down HOW_MANY_ARE_DONE CONNECTION. See README.md.
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [tool, folder, way, done, connection] = process.argv.slice(2);
const { dialect, host, user, database, storage } = JSON.parse(connection);
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.js')).sort();
const postgres = dialect === 'postgres';
const sqlite = dialect === 'sqlite';

async function sequelize() {
  const cli = require.resolve('sequelize-cli/lib/sequelize');
  const config = path.join(os.tmpdir(), `migrations-${process.pid}.json`);
  const place = postgres ? { host } : { dialectOptions: { socketPath: host } };
  const server = { dialect: postgres ? 'postgres' : 'mysql', username: user, password: null, database, ...place };
  const development = sqlite ? { dialect, storage } : server;
  fs.writeFileSync(config, JSON.stringify({ development }));
  const verb = way === 'up' ? ['db:migrate', '--to', files[Number(done)]] : ['db:migrate:undo'];
  execFileSync(process.execPath, [cli, ...verb, '--config', config, '--migrations-path', folder], { stdio: 'pipe' });
  fs.unlinkSync(config);
}

async function knex() {
  const place = postgres ? { host } : { socketPath: host };
  const server = { client: postgres ? 'pg' : 'mysql2', connection: { user, database, ...place } };
  const settings = sqlite ? { client: 'sqlite3', connection: { filename: storage }, useNullAsDefault: true } : server;
  const connected = require('knex')({ ...settings, migrations: { directory: folder } });
  await connected.migrate[way]();
  await connected.destroy();
}

async function typeorm() {
  const { DataSource } = require('typeorm');
  const shown = files.slice(0, way === 'up' ? Number(done) + 1 : Number(done));
  const migrations = shown.map((file) => require(path.join(folder, file)));
  const place = postgres ? { host } : { socketPath: host };
  const server = { type: postgres ? 'postgres' : 'mariadb', username: user, database, ...place };
  const settings = sqlite ? { type: 'sqlite', database: storage } : server;
  const source = await new DataSource({ ...settings, migrations }).initialize();
  await (way === 'up' ? source.runMigrations() : source.undoLastMigration());
  await source.destroy();
}

async function umzug() {
  const { Sequelize } = require('@sequelize/core');
  const { Umzug, SequelizeStorage } = require('umzug');
  const [name, said] = { postgres: ['postgres', 'PostgresDialect'], mariadb: ['mariadb', 'MariaDbDialect'], sqlite: ['sqlite3', 'SqliteDialect'] }[dialect];
  const place = sqlite ? { storage } : postgres ? { host, user, database } : { socketPath: host, user, database };
  const sequelize = new Sequelize({ dialect: require(`@sequelize/${name}`)[said], logging: false, ...place });
  const run = new Umzug({
    migrations: files.map((file) => ({ name: file, ...require(path.join(folder, file)) })),
    context: sequelize.queryInterface,
    storage: new SequelizeStorage({ sequelize, columnType: require('@sequelize/core').DataTypes.STRING }),
    logger: undefined,
  });
  await run[way]({ step: 1 });
  await sequelize.close();
}

async function dbmigrate() {
  const place = postgres ? { driver: 'pg', host } : { driver: 'mysql', socketPath: host };
  const run = require('db-migrate').getInstance(true, {
    env: 'dev',
    config: { dev: { ...place, user, database } },
    cmdOptions: { 'migrations-dir': folder },
    throwUncatched: true,
  });
  run.silence(true);
  await run[way](1);
}

({ sequelize, knex, typeorm, umzug, dbmigrate })[tool]().catch((error) => {
  console.error(error.stdout ? String(error.stdout) + error.stderr : error);
  process.exit(1);
});
