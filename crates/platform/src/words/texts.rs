use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use store::Language;

use super::Value;

/// The texts of every language.
pub(super) struct Texts {
    bundles: Vec<(Language, FluentBundle<FluentResource>)>,
    /// What could not be read, and where.
    pub(super) faults: Vec<String>,
}

impl Texts {
    /// What these files say, each with its path `language/name.ftl`. One that is wrong in part is read in part.
    pub(super) fn of(files: &[(String, String)]) -> Self {
        let mut texts = Self { bundles: Vec::new(), faults: Vec::new() };
        for (path, text) in files {
            let folder = path.split_once('/').map_or(path.as_str(), |(folder, _)| folder);
            match folder.parse() {
                Ok(language) => texts.add(language, path, text),
                Err(problem) => texts.faults.push(format!("{path}: {problem}")),
            }
        }
        texts.bundles.sort_by_key(|(one, _)| place(*one));
        texts
    }

    fn add(&mut self, language: Language, path: &str, text: &str) {
        let (resource, mistakes) = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, mistakes)) => (resource, mistakes),
        };
        self.faults.extend(mistakes.iter().map(|mistake| format!("{path}: {mistake}")));
        if let Err(doubled) = self.bundle(language).add_resource(resource) {
            self.faults.extend(doubled.iter().map(|mistake| format!("{path}: {mistake}")));
        }
    }

    fn bundle(&mut self, language: Language) -> &mut FluentBundle<FluentResource> {
        let place = self.bundles.iter().position(|(one, _)| *one == language).unwrap_or_else(|| {
            // The code chooses the rules for plurals too.
            let locale = language.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![locale]);
            // The marks that isolate an argument from right-to-left text show as boxes in some mail clients.
            bundle.set_use_isolating(false);
            self.bundles.push((language, bundle));
            self.bundles.len() - 1
        });
        &mut self.bundles[place].1
    }

    /// Dutch first, then by their codes.
    pub(super) fn languages(&self) -> impl Iterator<Item = Language> {
        self.bundles.iter().map(|(language, _)| *language)
    }

    /// The text; none where the language lacks it, or a value that it has a place for.
    pub(super) fn say(
        &self,
        language: Language,
        key: &str,
        values: &[(&'static str, Value<'_>)],
    ) -> Option<String> {
        let (_, bundle) = self.bundles.iter().find(|(one, _)| *one == language)?;
        let pattern = bundle.get_message(key)?.value()?;
        let values: FluentArgs<'_> = values.iter().cloned().collect();
        let mut mistakes = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&values), &mut mistakes).into_owned();
        mistakes.is_empty().then_some(said)
    }
}

/// Where a language stands in a list.
fn place(language: Language) -> (bool, String) {
    (language != Language::default(), language.to_string())
}
