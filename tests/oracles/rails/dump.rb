# Runs the migrations below on the database that DATABASE_URL names, and writes what Rails makes of it to the file given:
# `config.active_record.schema_format = :sql`.
require "active_record"

class Users < ActiveRecord::Migration[6.1]
  def change
    create_table :teams, comment: "Who works together" do |t|
      t.string :name, null: false, limit: 100
      t.timestamps
    end
    create_table :users do |t|
      t.references :team, foreign_key: { on_delete: :cascade }
      t.string :email, null: false, default: ""
      t.decimal :balance, precision: 10, scale: 2, default: 0
      t.boolean :active, null: false, default: true
      t.text :about
      t.json :settings
      t.datetime :seen_at, precision: 6
      t.timestamps precision: nil
    end
    add_index :users, :email, unique: true
    add_index :users, [:team_id, :active], name: "by_team"
    add_check_constraint :users, "balance >= 0", name: "solvent"
  end
end

class Roles < ActiveRecord::Migration[6.1]
  def change
    create_table :roles, id: :string do |t|
      t.integer :level, limit: 2
    end
    create_join_table :roles, :users, column_options: { null: false } do |t|
      t.index [:user_id, :role_id], unique: true
    end
    rename_column :users, :about, :biography
    change_column_null :roles, :level, false, 1
  end
end

ActiveRecord::Base.establish_connection(ENV.fetch("DATABASE_URL"))
ActiveRecord::Migration.verbose = false
connection = ActiveRecord::Base.connection
ActiveRecord::InternalMetadata.create_table
ActiveRecord::SchemaMigration.create_table
[[20240101000000, Users], [20240102000000, Roles]].each do |version, migration|
  migration.migrate(:up)
  ActiveRecord::SchemaMigration.create!(version: version.to_s)
end

tasks = ActiveRecord::Tasks::DatabaseTasks
tasks.root = Dir.pwd
tasks.structure_dump(ActiveRecord::Base.connection_db_config, ARGV.fetch(0))
File.open(ARGV.fetch(0), "a") do |file|
  file.puts connection.dump_schema_information
  file.print "\n"
end
