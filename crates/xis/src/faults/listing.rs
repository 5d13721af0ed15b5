use std::fmt::Write as _;

use super::Fault;

/// Every fault with what it does, one a line.
#[must_use]
pub fn listing() -> String {
    let names: Vec<_> =
        Fault::ALL.iter().map(|fault| format!("{}{}", fault.name(), fault.takes().placeholder())).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    let mut text = String::new();
    for (name, fault) in names.iter().zip(Fault::ALL) {
        let _ = writeln!(text, "  {name:width$}  {}", fault.line());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the documentation, in the order of the list.
    #[test]
    fn the_documentation_has_every_fault() {
        let page = include_str!("../../../../docs/xis-faults.md");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let wanted: Vec<String> = Fault::ALL
            .iter()
            .map(|fault| {
                let at = match fault.strikes_at().len() {
                    9 => "every call".to_owned(),
                    10 => "every call, `Appointment.update`".to_owned(),
                    0 => "everything".to_owned(),
                    _ => {
                        let names = fault.strikes_at().iter().map(|at| format!("`{}`", at.name()));
                        names.collect::<Vec<_>>().join(", ")
                    }
                };
                format!("| `{}{}` | {} | {at} |", fault.name(), fault.takes().placeholder(), fault.line())
            })
            .collect();
        assert_eq!(rows, wanted, "docs/xis-faults.md should have:\n{}", wanted.join("\n"));
    }
}
