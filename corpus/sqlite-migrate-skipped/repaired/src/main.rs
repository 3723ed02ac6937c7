mod api;
mod db;

use std::env;
use std::process::ExitCode;

use db::Database;

fn main() -> ExitCode {
    let path = env::var("HELPLINE_DB").unwrap_or_else(|_| "helpline.db".to_string());
    let db = match Database::open(&path) {
        Ok(db) => db,
        Err(error) => {
            eprintln!("cannot open {path}: {error}");
            return ExitCode::FAILURE;
        }
    };

    if let Err(error) = db.migrate() {
        eprintln!("migration failed: {error}");
        return ExitCode::FAILURE;
    }

    let address = env::var("HELPLINE_LISTEN").unwrap_or_else(|_| "0.0.0.0:8090".to_string());
    match api::serve(&address, &db) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot listen on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}
