use super::{Page, SLOT, first_time, page};
use crate::{browser::Browser, house, stand_in};

/// The steps of booking, at the practice whose system can be asked.
pub(super) async fn pages(patient: &mut Browser) -> anyhow::Result<Vec<Page>> {
    let (practice, types) = (house::practice(0), stand_in::type_in_address());
    let own = format!("/book/{practice}");
    let agendas = format!("{own}/agenda?type={types}&all=1");
    let days = format!("{own}/time?type={types}&anyone=1");
    let days_of_one = format!("{own}/time?type={types}&agenda=1");
    let (times, slot) = first_time(patient, &days).await?;
    let reason = patient.send(&times, ("slot", &slot)).await?;
    let check = patient.send(&reason, ("reason", "Pijn in mijn knie")).await?;
    Ok(vec![
        Page { status: 303, ..page("book: practice, where there is one", "/book") },
        Page { status: 303, ..page("book: link of a practice", format!("/make-appointment/{practice}")) },
        Page { holds: "/agenda?type=", ..page("book: type", own) },
        Page { holds: "agenda=", ..page("book: agenda", agendas) },
        Page { holds: "day=", ..page("book: days", days) },
        Page { holds: "day=", ..page("book: days of one agenda", days_of_one) },
        Page { holds: SLOT, ..page("book: times of a day", times) },
        Page { holds: "name=\"reason\"", ..page("book: reason", reason) },
        Page { holds: "name=\"form\"", ..page("book: check", check) },
    ])
}
