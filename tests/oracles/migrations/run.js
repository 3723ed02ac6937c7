'use strict';
// One step of a tool, up or back: node run.js TOOL FOLDER up|down HOW_MANY_ARE_DONE CONNECTION. See README.md.
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [tool, folder, way, done, connection] = process.argv.slice(2);
const { dialect, host, user, database } = JSON.parse(connection);
const files = fs.readdirSync(folder).sort();
const postgres = dialect === 'postgres';

async function sequelize() {
  const cli = require.resolve('sequelize-cli/lib/sequelize');
  const config = path.join(os.tmpdir(), `migrations-${process.pid}.json`);
  const place = postgres ? { host } : { dialectOptions: { socketPath: host } };
  const development = { dialect: postgres ? 'postgres' : 'mysql', username: user, password: null, database, ...place };
  fs.writeFileSync(config, JSON.stringify({ development }));
  const verb = way === 'up' ? ['db:migrate', '--to', files[Number(done)]] : ['db:migrate:undo'];
  execFileSync(process.execPath, [cli, ...verb, '--config', config, '--migrations-path', folder], { stdio: 'pipe' });
  fs.unlinkSync(config);
}

async function knex() {
  const place = postgres ? { host } : { socketPath: host };
  const settings = { client: postgres ? 'pg' : 'mysql2', connection: { user, database, ...place } };
  const connected = require('knex')({ ...settings, migrations: { directory: folder } });
  await connected.migrate[way]();
  await connected.destroy();
}

async function typeorm() {
  const { DataSource } = require('typeorm');
  const shown = files.slice(0, way === 'up' ? Number(done) + 1 : Number(done));
  const migrations = shown.map((file) => require(path.join(folder, file)));
  const place = postgres ? { host } : { socketPath: host };
  const settings = { type: postgres ? 'postgres' : 'mariadb', username: user, database, ...place };
  const source = await new DataSource({ ...settings, migrations }).initialize();
  await (way === 'up' ? source.runMigrations() : source.undoLastMigration());
  await source.destroy();
}

({ sequelize, knex, typeorm })[tool]().catch((error) => {
  console.error(error.stdout ? String(error.stdout) + error.stderr : error);
  process.exit(1);
});
