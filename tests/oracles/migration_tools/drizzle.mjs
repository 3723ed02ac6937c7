// Migrates the database of DATABASE_URL with the folder drizzle of the working directory.
import { createRequire } from 'node:module';

const load = createRequire(process.argv[2] + '/');
const { drizzle } = load('drizzle-orm/node-postgres');
const { migrate } = load('drizzle-orm/node-postgres/migrator');
const { Client } = load('pg');

const client = new Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
try {
  await migrate(drizzle(client), { migrationsFolder: 'drizzle' });
} catch (error) {
  console.error(String(error.cause ?? error));
  process.exitCode = 1;
}
await client.end();
