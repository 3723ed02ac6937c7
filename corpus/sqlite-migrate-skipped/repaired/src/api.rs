//! The HTTP door.

use std::error::Error;

use serde_json::{json, Value};
use tiny_http::{Method, Request, Response, Server};

use crate::db::Database;

pub fn serve(address: &str, db: &Database) -> Result<(), Box<dyn Error + Send + Sync>> {
    let server = Server::http(address)?;
    for mut request in server.incoming_requests() {
        let (status, body) = match answer(&mut request, db) {
            Ok(body) => (200, body),
            Err(error) => {
                eprintln!("{} {}: {error}", request.method(), request.url());
                (500, json!({ "error": "internal error" }))
            }
        };
        let response = Response::from_string(body.to_string()).with_status_code(status);
        if let Err(error) = request.respond(response) {
            eprintln!("response: {error}");
        }
    }
    Ok(())
}

fn answer(request: &mut Request, db: &Database) -> Result<Value, Box<dyn Error>> {
    match (request.method(), request.url()) {
        (Method::Get, "/tickets") => Ok(json!(db.tickets("open")?)),
        (Method::Post, "/tickets") => {
            let form: Value = serde_json::from_reader(request.as_reader())?;
            let field = |name: &str| form[name].as_str().unwrap_or_default().to_string();
            let id = db.open_ticket(&field("email"), &field("subject"), &field("body"))?;
            Ok(json!({ "id": id }))
        }
        _ => Ok(json!({ "service": "helpline" })),
    }
}
