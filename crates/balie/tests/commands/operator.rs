use std::{path::PathBuf, process::Command};

use tempfile::TempDir;

/// What a command said and how it ended.
pub(crate) struct Said {
    pub(crate) ok: bool,
    /// The exit status.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder with a configuration file in it.
pub(crate) struct Operator(pub(crate) TempDir);

impl Operator {
    pub(crate) fn new() -> Self {
        let operator = Self(tempfile::tempdir().unwrap());
        let keys = operator.types(&["keys", "new"]).out;
        let database = operator.database();
        std::fs::write(operator.0.path().join("mail-password"), "geheim\n").unwrap();
        let text = format!(
            "listen = '127.0.0.1:0'\npublic_url = 'https://balie.example'\ndatabase = '{database}'\n\
             [login]\nissuer = 'https://login.example'\nclient_id = 'balie'\nclient_secret = 'x'\n\
             token_endpoint = 'https://login.example/token'\n\
             [mail]\nhost = 'smtp.example'\nport = 587\nsecurity = 'starttls'\nuser = 'balie'\n\
             password = {{ file = 'mail-password' }}\nfrom = 'Balie <afspraken@balie.example>'\n\
             [outgoing]\nallow = ['127.0.0.1']\n{keys}"
        );
        std::fs::write(operator.file(), text).unwrap();
        operator
    }

    /// The address of the platform's database.
    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.0.path().join("platform.db").display())
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.path().join("platform.toml")
    }

    /// Adds to the configuration file.
    pub(crate) fn adds(&self, text: &str) {
        let before = std::fs::read_to_string(self.file()).unwrap();
        std::fs::write(self.file(), before + text).unwrap();
    }

    pub(crate) fn types(&self, words: &[&str]) -> Said {
        self.types_where(words, &[])
    }

    /// The same, with these variables in the environment.
    pub(crate) fn types_where(&self, words: &[&str], variables: &[(&str, &str)]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_balie"))
            .args(words)
            .env("BALIE_CONFIG", self.file())
            .envs(variables.iter().copied())
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said {
            ok: output.status.success(),
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Types it, expects it to succeed, and gives what it said.
    pub(crate) fn succeeds(&self, words: &[&str]) -> String {
        let said = self.types(words);
        assert!(said.ok, "balie {words:?}: {}", said.err);
        said.out
    }

    /// Types it, expects it to fail in one line, and gives that line.
    pub(crate) fn fails(&self, words: &[&str]) -> String {
        let said = self.types(words);
        assert!(!said.ok, "balie {words:?} succeeded: {}", said.out);
        assert_eq!(said.err.trim_end().lines().count(), 1, "{}", said.err);
        said.err.trim_end().to_owned()
    }
}
