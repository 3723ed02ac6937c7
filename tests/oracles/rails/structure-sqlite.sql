CREATE TABLE IF NOT EXISTS "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE IF NOT EXISTS "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS "teams" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar(100) NOT NULL, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE IF NOT EXISTS "roles_users" ("role_id" integer NOT NULL, "user_id" integer NOT NULL);
CREATE UNIQUE INDEX "index_roles_users_on_user_id_and_role_id" ON "roles_users" ("user_id", "role_id");
CREATE TABLE IF NOT EXISTS "users" ("id" integer NOT NULL PRIMARY KEY, "team_id" integer DEFAULT NULL, "email" varchar DEFAULT '' NOT NULL, "balance" decimal(10,2) DEFAULT 0.0, "active" boolean DEFAULT 1 NOT NULL, "biography" text DEFAULT NULL, "settings" json DEFAULT NULL, "seen_at" datetime(6) DEFAULT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, CONSTRAINT "fk_rails_b2bbf87303"
FOREIGN KEY ("team_id")
  REFERENCES "teams" ("id")
 ON DELETE CASCADE, CONSTRAINT solvent CHECK (balance >= 0));
CREATE INDEX "index_users_on_team_id" ON "users" ("team_id");
CREATE UNIQUE INDEX "index_users_on_email" ON "users" ("email");
CREATE INDEX "by_team" ON "users" ("team_id", "active");
CREATE TABLE IF NOT EXISTS "roles" ("id" varchar NOT NULL PRIMARY KEY, "level" integer(2) NOT NULL);
INSERT INTO "schema_migrations" (version) VALUES
('20240101000000'),
('20240102000000');


