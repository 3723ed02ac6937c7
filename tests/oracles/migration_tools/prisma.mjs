// What `prisma migrate deploy` does, in the parts that Prisma ships as JavaScript and WebAssembly: its listing of the folder, its
// schema engine and its driver adapter. `node prisma.mjs PROGRAMS URL` in a project; it prints `applied: NAME` for each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const modules = `${process.argv[2]}/node_modules/@prisma/`;
const require = createRequire(modules);
const { bindMigrationAwareSqlAdapterFactory } = require("@prisma/driver-adapter-utils");
const { PrismaPg } = require("@prisma/adapter-pg");
const { listMigrations } = require(`${modules}migrate/dist/utils/listMigrations.js`);
const engine = await import(pathToFileURL(`${modules}schema-engine-wasm/schema_engine_bg.js`));
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };

const bytes = readFileSync(`${modules}schema-engine-wasm/schema_engine_bg.wasm`);
const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
engine.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

try {
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: process.argv[3] }));
  const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
  const made = await engine.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, factory);
  const migrationsList = await listMigrations(resolve("prisma/migrations"), "");
  const filters = { externalTables: [], externalEnums: [] };
  const { appliedMigrationNames } = await made.applyMigrations({ migrationsList, filters });
  appliedMigrationNames.forEach((name) => console.log(`applied: ${name}`));
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
