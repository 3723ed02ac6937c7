'use strict';
// What becomes of the rows of `posts` when SQLite's `users` is made anew. See README.md.
const fs = require('fs');
const os = require('os');
const path = require('path');

const SEVEN = '7.0.0-alpha.48';
const VERSIONS = { '5.22.5': 'sequelize5', '6.37.8': 'sequelize', [SEVEN]: '@sequelize/core' };
const dialects = { SqliteDialect: require('@sequelize/sqlite3').SqliteDialect };
const folder = path.join(__dirname, 'rows');

// What Sequelize 7 spells otherwise.
const SPELLED = JSON.parse(fs.readFileSync(path.join(__dirname, 'rows-seven.json'), 'utf8'));

function load(name, action, version) {
  let text = fs.readFileSync(path.join(folder, `${name}.js`), 'utf8');
  if (version === SEVEN) for (const [old, spelled] of SPELLED) text = text.replaceAll(old, spelled);
  text = text.replaceAll('ACTION', action);
  const module = { exports: {} };
  new Function('module', 'require', text)(module, (asked) => require(asked === 'sequelize' ? VERSIONS[version] : asked));
  return module.exports;
}

async function filled(sequelize) {
  await sequelize.query("INSERT INTO users (id, nick) VALUES (1, 'a')");
  await sequelize.query('INSERT INTO posts VALUES (7, 1)');
}

async function outcome(sequelize, act) {
  try {
    await act();
  } catch (error) {
    return `refused: ${error.message}`;
  }
  const [rows] = await sequelize.query('SELECT user_id FROM posts');
  return rows.length === 0 ? 'deleted' : rows[0].user_id === null ? 'emptied' : 'kept';
}

async function migration(name, action, version) {
  const { Sequelize, DataTypes } = require(VERSIONS[version]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rows-'));
  const dialect = version === SEVEN ? dialects.SqliteDialect : 'sqlite';
  const sequelize = new Sequelize({ dialect, storage: path.join(folder, 'a.sqlite'), logging: false });
  const queryInterface = sequelize.queryInterface || sequelize.getQueryInterface();
  await load('first', action, version).up(queryInterface, DataTypes);
  await filled(sequelize);
  const found = await outcome(sequelize, () => load(name, action, version).up(queryInterface, DataTypes));
  await sequelize.close();
  fs.rmSync(folder, { recursive: true });
  return found;
}

async function start(name, action, version) {
  process.env.STORAGE = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'rows-')), 'a.sqlite');
  const first = await load(name, action, version);
  await filled(first);
  const found = await outcome(first, () => load(name, action, version));
  await first.close();
  fs.rmSync(path.dirname(process.env.STORAGE), { recursive: true });
  return found;
}

async function main() {
  const found = {};
  for (const version of Object.keys(VERSIONS)) {
    for (const action of ['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION']) {
      for (const file of fs.readdirSync(folder).sort()) {
        const name = file.replace('.js', '');
        if (name === 'first' || (name.endsWith('-seven') && version !== SEVEN)) continue;
        found[`${name} ${action} ${version}`] =
          name.startsWith('start') ? await start(name, action, version) : await migration(name, action, version);
      }
    }
  }
  fs.writeFileSync(path.join(__dirname, 'rows.json'), JSON.stringify(found, null, 1) + '\n');
}

main();
