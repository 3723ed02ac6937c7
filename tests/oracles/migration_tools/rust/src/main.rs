//! Migrates the database of the second argument with the folder `migrations` of the working directory, by the library of
//! the tool that the first argument names; with `down` as the third argument all the way back.

use std::path::Path;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let down = words.get(3).is_some_and(|word| word == "down");
    let done = match words[1].as_str() {
        "sqlx" => sqlx_up(&words[2], down),
        "diesel" => diesel_up(&words[2], down),
        _ => refinery_up(&words[2]),
    };
    if let Err(told) = done {
        eprintln!("{told}");
        std::process::exit(1);
    }
}

fn sqlx_up(url: &str, down: bool) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let pool = sqlx::PgPool::connect(url).await.map_err(|e| e.to_string())?;
        let migrator = sqlx::migrate::Migrator::new(Path::new("migrations")).await.map_err(|e| e.to_string())?;
        if down {
            migrator.undo(&pool, 0).await.map_err(|e| e.to_string())
        } else {
            migrator.run(&pool).await.map_err(|e| e.to_string())
        }
    })
}

fn diesel_up(url: &str, down: bool) -> Result<(), String> {
    use diesel::Connection;
    use diesel_migrations::{FileBasedMigrations, MigrationHarness};
    let mut connection = diesel::PgConnection::establish(url).map_err(|e| e.to_string())?;
    let found = FileBasedMigrations::from_path("migrations").map_err(|e| e.to_string())?;
    let done = if down {
        connection.revert_all_migrations(found)
    } else {
        connection.run_pending_migrations(found)
    };
    done.map(|_| ()).map_err(|e| e.to_string())
}

fn refinery_up(url: &str) -> Result<(), String> {
    let mut client = postgres::Client::connect(url, postgres::NoTls).map_err(|e| e.to_string())?;
    let found = refinery::load_sql_migrations("migrations").map_err(|e| e.to_string())?;
    refinery::Runner::new(&found).run(&mut client).map(|_| ()).map_err(|e| e.to_string())
}
