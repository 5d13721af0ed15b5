//! What is read of a statement once, and holds each time that it runs.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use rusqlite::CachedStatement;

/// For each statement of the program, by where its text is and how long.
#[derive(Default)]
pub(super) struct Forms(RefCell<HashMap<(usize, usize), Arc<Form>>>);

#[derive(Debug)]
pub(super) struct Form {
    /// For each of its parameters the place of its value among those given; none for a parameter that is not `$1`, `$2`
    /// and so on.
    pub(super) values: Box<[Option<usize>]>,
    /// What its columns are called.
    pub(super) columns: Arc<[Box<str>]>,
}

impl Forms {
    pub(super) fn of(&self, text: &'static str, statement: &CachedStatement<'_>) -> Arc<Form> {
        let mut known = self.0.borrow_mut();
        let place = (text.as_ptr().addr(), text.len());
        // `*` is other columns once a migration has run.
        if let Some(form) = known.get(&place)
            && form.columns.len() == statement.column_count()
        {
            return Arc::clone(form);
        }
        let form = Arc::new(Form::of(statement));
        known.insert(place, Arc::clone(&form));
        form
    }
}

impl Form {
    fn of(statement: &CachedStatement<'_>) -> Self {
        let number = |place| {
            let name = statement.parameter_name(place)?.strip_prefix('$')?;
            name.parse::<usize>().ok()?.checked_sub(1)
        };
        Self {
            values: (1..=statement.parameter_count()).map(number).collect(),
            columns: statement.column_names().into_iter().map(Box::from).collect(),
        }
    }
}
