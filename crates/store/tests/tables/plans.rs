//! No statement reads through a table that grows: at a million appointments it must cost what it costs at a thousand.

use std::{
    fs,
    path::{Path, PathBuf},
};

use db::{Db, Error, sql};

use crate::common::sqlite;

/// Tables that do not grow with what is stored.
const SMALL: &[&str] = &[
    // As many rows as there are practices, systems or processes.
    "practice",
    "practice_logo",
    "xis_client",
    "key_holder",
    // One row.
    "audit_epoch",
    "CONSTANT",
    // As many rows as there are patients at it, now or within hours; a way to find them would cost each page more.
    "login",
    "session",
    "draft",
    "reschedule_draft",
    "address_check",
    // What came in within the last minutes.
    "receipt",
];

/// Statements that read through a table because all of it is what they are about, or stop at its first row; and why.
const WHOLE: &[(&str, &str)] = &[
    ("select count(*) as lines from audit", "for tests"),
    ("select * from audit_seal order by number desc limit 1", "reads the last"),
    ("select * from audit_tombstone order by number desc limit 1", "reads the last"),
    ("select * from audit_tombstone order by number", "balie audit verify; one row for each sweep"),
    ("select * from invitation where contact is not null", "when a program starts"),
];

/// Words that only PostgreSQL knows.
const POSTGRES: [&str; 3] = ["::", " for update", "pg_"];

/// The words with which a statement begins.
const VERBS: [&str; 5] = ["select ", "insert ", "update ", "delete ", "with "];

#[tokio::test]
async fn no_statement_reads_through_a_table_that_grows() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await.bare().await;
    let statements = statements();
    assert!(statements.len() > 150, "only {} statements were found in the source", statements.len());
    let mut wrong = Vec::new();
    for (file, statement) in statements {
        match plan(&db, &statement).await {
            Ok(steps) => wrong.extend(
                steps
                    .iter()
                    .filter(|step| reads_through(step) && !is_about_all(&statement))
                    .map(|step| format!("{}: {step}: {statement}", file.display())),
            ),
            // A piece of one that is put together when the program is compiled.
            Err(error) if error.to_string().contains("incomplete input") => {}
            Err(error) => wrong.push(format!("{}: {error}: {statement}", file.display())),
        }
    }
    assert!(wrong.is_empty(), "{} statements have no index to go by:\n{}", wrong.len(), wrong.join("\n"));
}

fn is_about_all(statement: &str) -> bool {
    WHOLE.iter().any(|(beginning, _)| statement.starts_with(beginning))
}

/// Whether a step reads each row of a table that grows: `SCAN appointment`, with or without an index.
fn reads_through(step: &str) -> bool {
    let Some(rest) = step.strip_prefix("SCAN ") else { return false };
    let table = rest.split(' ').next().unwrap_or_default();
    !SMALL.contains(&table)
}

/// The steps in which SQLite carries out a statement.
async fn plan(db: &Db, statement: &str) -> Result<Vec<String>, Error> {
    let text: &str = format!("explain query plan {statement}").leak();
    let explain = || (0..parameters(statement)).fold(sql(text), |sql, _| sql.bind(None::<&str>));
    let explain = &explain;
    db.read("plan", |mut tx| async move { explain().all(&mut tx, |row| row.get::<String>("detail")).await })
        .await
}

/// The highest of `$1`, `$2`, ...
fn parameters(statement: &str) -> usize {
    let numbers = statement.split('$').skip(1).filter_map(|rest| {
        rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse().ok())
    });
    numbers.max().unwrap_or(0)
}

/// Every statement in the source, with its file.
fn statements() -> Vec<(PathBuf, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in files(&source).into_iter().filter(|file| !is_test(file)) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let name = file.strip_prefix(&source).unwrap().to_owned();
        found.extend(
            literals(code)
                .into_iter()
                .filter(|literal| is_statement(literal))
                .map(|literal| (name.clone(), literal)),
        );
    }
    found
}

fn is_statement(literal: &str) -> bool {
    VERBS.iter().any(|verb| literal.starts_with(verb)) && !POSTGRES.iter().any(|word| literal.contains(word))
}

/// What brings a data folder of an earlier version up to date, as a test does it.
fn is_test(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str().to_string_lossy().starts_with("upgrade"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    found.filter(|path| path.is_dir() || path.extension().is_some_and(|kind| kind == "rs")).collect()
}

/// The texts between quotation marks, as the program has them.
fn literals(code: &str) -> Vec<String> {
    let code = without_comments(code);
    let (mut found, mut rest) = (Vec::new(), code.as_str());
    while let Some(start) = rest.find('"') {
        let (text, after) = literal(&rest[start + 1..]);
        found.push(text);
        rest = after;
    }
    found
}

/// Without the lines that are comments, in which quotation marks come alone.
fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The text until the closing quotation mark, and what follows.
fn literal(code: &str) -> (String, &str) {
    let (mut text, mut characters) = (String::new(), code.char_indices());
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, &code[at + 1..]),
            // An escaped end of line goes with the space after it; no statement has another escape than of a mark.
            '\\' => match characters.next() {
                Some((_, '\n')) | None => text.push(' '),
                Some((_, escaped)) => text.push(escaped),
            },
            other => text.push(other),
        }
    }
    (text, "")
}
