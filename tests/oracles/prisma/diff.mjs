// The SQL that Prisma's schema engine writes for schemas: `node diff.mjs PROGRAMS < schemas.json`, a list of
// {provider, schema} in, a list of {sql} or {error} out. Nothing is connected to: the engine asks what it is given for the
// server's version and no more.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const modules = `${process.argv[2]}/node_modules/@prisma/`;
const { bindMigrationAwareSqlAdapterFactory } = createRequire(modules)("@prisma/driver-adapter-utils");
const engine = await import(pathToFileURL(`${modules}schema-engine-wasm/schema_engine_bg.js`));
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };

const bytes = readFileSync(`${modules}schema-engine-wasm/schema_engine_bg.wasm`);
const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
engine.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const version = { columnNames: ["exists", "version", "numeric_version"], columnTypes: [5, 7, 0] };
const adapter = (provider) => ({
  provider,
  adapterName: "none",
  queryRaw: async () => ({ ...version, rows: [[true, "PostgreSQL 16.2", 160002]] }),
  executeRaw: async () => 0,
  executeScript: async () => {},
  getConnectionInfo: () => ({ supportsRelationJoins: true }),
  dispose: async () => {},
});

async function script({ provider, schema }) {
  const one = adapter(provider === "sqlite" ? "sqlite" : "postgres");
  const factory = { ...one, connect: async () => one, connectToShadowDb: async () => one };
  const datamodels = [["schema.prisma", schema]];
  const made = await engine.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
  const to = { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] };
  const filters = { externalTables: [], externalEnums: [] };
  const result = await made.diff({ from: { tag: "empty" }, to, script: true, exitCode: null, filters });
  return { sql: result.stdout };
}

const results = [];
for (const one of JSON.parse(readFileSync(0, "utf8"))) {
  results.push(await script(one).catch((error) => ({ error: String(error.message).split("\n").slice(0, 6).join("\n") })));
}
console.log(JSON.stringify(results));
