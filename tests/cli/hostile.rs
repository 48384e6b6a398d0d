//! A database that somebody has edited by hand: whatever is stored, no exit gives a terminal something to obey.

use std::fs;

use rusqlite::Connection;

use crate::support::cli::{Cli, Ran, THREE};

/// Escape, DEL, C1 and marks of direction; the first three are C0 and stand raw in no JSON text.
const CONTROLS: &str = "char(27) || ']0;x' || char(7) || char(13)";
const QUIET: &str = "char(127) || char(155) || '31m' || char(8238) || char(8294) || char(1564)";

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn columns(connection: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT m.name, p.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search%' AND p.type = 'TEXT' AND p.pk = 0";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn no_exit_trusts_what_is_stored() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--employee", "Ana;Reyes;+1 425 555 0100;ana@p.example", "--notes", "wants a pilot"]).done();
    cli.run(&["decline", "2", "--reason", "other", "--notes", "no time"]).done();
    cli.run(&["solutions", "add", "SOL-9", "--name", "ERP", "--owner", "mine"]).done();
    let stock = cli.file("stock.csv", "name,country,city\nFabrikam,US,Reston\n");
    cli.run(&["customers", "import", &stock]).done();
    assert_eq!(cli.run(&["clone", "3"]).code, 0);
    let path = cli.path("data/cosell.db");
    let sound = fs::read(&path).unwrap();
    let columns = columns(&Connection::open(&path).unwrap());
    assert!(columns.len() > 20, "{columns:?}");
    let mut told = 0;
    for (table, column) in &columns {
        let changes = [
            format!("\"{column}\" || {CONTROLS} || {QUIET}"),
            // Within the texts of JSON, too.
            format!("replace(replace(\"{column}\", 'o', 'o' || {QUIET}), 'e', 'e' || {QUIET})"),
        ];
        for change in changes {
            fs::write(&path, &sound).unwrap();
            let connection = Connection::open(&path).unwrap();
            connection.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF").unwrap();
            // What its own rules refuse nobody can have put there.
            if connection
                .execute(&format!("UPDATE \"{table}\" SET \"{column}\" = {change} WHERE \"{column}\" <> ''"), [])
                .is_err()
            {
                continue;
            }
            connection.close().unwrap();
            for arguments in [
                &["list"][..],
                &["list", "--json"],
                &["list", "--csv"],
                &["export", "--plain", "--columns", "all"],
                &["export", "--format", "md"],
                &["show", "1"],
                &["show", "1", "--json"],
                &["show", "2"],
                &["history"],
                &["history", "--json"],
                &["history", "2"],
                &["history", "2", "--json"],
                &["agenda"],
                &["agenda", "--json"],
                &["customers", "search", "fabrikam"],
                &["customers", "search", "fabrikam", "--json"],
                &["solutions", "list"],
                &["solutions", "list", "--json"],
                &["drafts"],
                &["drafts", "--json"],
                &["drafts", "show", "1"],
                &["conflicts", "--json"],
                &["doctor", "--json"],
            ] {
                let Ran { out, err, .. } = cli.run(arguments);
                told += 1;
                let text = out + &err;
                let found = text.chars().find(|c| is_obeyed(*c));
                assert_eq!(found, None, "{table}.{column} by {arguments:?}: {text:?}");
            }
        }
    }
    assert!(told > 500, "{told}");
}
