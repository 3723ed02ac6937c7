'use strict';
// What becomes of the rows of `posts` when SQLite's `users` is made anew. See README.md.
const fs = require('fs');
const os = require('os');
const path = require('path');

const VERSIONS = { '5.22.5': 'sequelize5', '6.37.8': 'sequelize' };
const folder = path.join(__dirname, 'rows');

function load(name, action, version) {
  const text = fs.readFileSync(path.join(folder, `${name}.js`), 'utf8').replace('ACTION', action);
  const module = { exports: {} };
  new Function('module', 'require', text)(module, (asked) => require(asked === 'sequelize' ? VERSIONS[version] : asked));
  return module.exports;
}

async function filled(sequelize) {
  await sequelize.query("INSERT INTO users VALUES (1, 'a')");
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
  const { Sequelize } = require(VERSIONS[version]);
  const sequelize = new Sequelize('sqlite::memory:', { logging: false });
  const queryInterface = sequelize.getQueryInterface();
  await load('first', action, version).up(queryInterface, Sequelize);
  await filled(sequelize);
  return outcome(sequelize, () => load(name, action, version).up(queryInterface, Sequelize));
}

async function start(action, version) {
  process.env.STORAGE = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'rows-')), 'a.sqlite');
  const first = await load('start', action, version);
  await filled(first);
  const found = await outcome(first, () => load('start', action, version));
  fs.rmSync(path.dirname(process.env.STORAGE), { recursive: true });
  return found;
}

async function main() {
  const found = {};
  for (const version of Object.keys(VERSIONS)) {
    for (const action of ['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION']) {
      for (const file of fs.readdirSync(folder).sort()) {
        const name = file.replace('.js', '');
        if (name === 'first') continue;
        found[`${name} ${action} ${version}`] =
          name === 'start' ? await start(action, version) : await migration(name, action, version);
      }
    }
  }
  fs.writeFileSync(path.join(__dirname, 'rows.json'), JSON.stringify(found, null, 1) + '\n');
}

main();
