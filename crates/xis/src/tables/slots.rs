use db::{Error, Row, Tx, sql, sql_each};
use jiff::{Timestamp, civil::Date};

use crate::agenda::Steps;

/// An offered time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) id: String,
    pub(crate) schedule: String,
    pub(crate) category: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

/// An offered time with what a patient wants to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) slot: Slot,
    /// One of its steps is occupied.
    pub(crate) is_taken: bool,
    pub(crate) role: String,
    pub(crate) practitioner: String,
    pub(crate) category_display: String,
}

/// Which offered times are wanted.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Those that start at or after this.
    pub(crate) from: Timestamp,
    /// And, of those that start exactly then, with an id after this.
    pub(crate) after_id: String,
    /// Those that start before this.
    pub(crate) until: Timestamp,
    pub(crate) category: Option<String>,
    pub(crate) schedule: Option<String>,
    /// The practitioners' roles, one of which it must be of.
    pub(crate) roles: Option<Vec<String>>,
    pub(crate) is_taken: Option<bool>,
    pub(crate) at_most: u32,
}

/// The practice's offered times that are wanted, by start and id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn search(tx: &mut Tx, practice: &str, wanted: &Wanted) -> Result<Vec<Offer>, Error> {
    sql("select * from (
           select s.id, s.schedule, s.category, s.starts_at, s.ends_at,
                  r.id as role, r.name as practitioner, t.display as category_display,
                  case when exists (select 1 from occupancy o where o.schedule = s.schedule
                                    and o.step >= s.first_step and o.step < s.until_step)
                       then 1 else 0 end as is_taken
           from slot s
           join schedule c on c.id = s.schedule
           join practitioner_role r on r.id = c.role
           join appointment_type t on t.practice = s.practice and t.code = s.category
           where s.practice = $1 and s.starts_at < $4
             and (s.starts_at > $2 or (s.starts_at = $2 and s.id > $3))
             and ($5 is null or s.category = $5) and ($6 is null or s.schedule = $6)
             and ($9 is null or replace($9, ',' || r.id || ',', '') <> $9)
         ) as offered
         where $7 is null or is_taken = $7
         order by starts_at, id limit $8")
    .bind(practice)
    .bind(wanted.from)
    .bind(&wanted.after_id)
    .bind(wanted.until)
    .bind(wanted.category.clone())
    .bind(wanted.schedule.clone())
    .bind(wanted.is_taken)
    .bind(wanted.at_most)
    // A list that is shorter without the role holds it: both databases have words for that.
    .bind(wanted.roles.as_ref().map(|roles| format!(",{},", roles.join(",,"))))
    .all(tx, read_offer)
    .await
}

/// The practice's offered time with this id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(tx: &mut Tx, practice: &str, id: &str) -> Result<Option<Slot>, Error> {
    sql("select * from slot where practice = $1 and id = $2").bind(practice).bind(id).first(tx, read).await
}

/// The practice's offered time of this practitioner that starts and ends exactly then.
///
/// # Errors
/// When the database fails.
pub(crate) async fn at(
    tx: &mut Tx,
    practice: &str,
    role: &str,
    category: &str,
    (starts_at, ends_at): (Timestamp, Timestamp),
) -> Result<Option<Slot>, Error> {
    sql("select s.* from slot s join schedule c on c.id = s.schedule
         where s.practice = $1 and c.role = $2 and s.category = $3 and s.starts_at = $4 and s.ends_at = $5
         order by s.id limit 1")
    .bind(practice)
    .bind(role)
    .bind(category)
    .bind(starts_at)
    .bind(ends_at)
    .first(tx, read)
    .await
}

/// Every offered time of a schedule on these days, free or not, by start.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_days(
    tx: &mut Tx,
    schedule: &str,
    first: Date,
    last: Date,
) -> Result<Vec<Slot>, Error> {
    sql("select * from slot where schedule = $1 and day >= $2 and day <= $3 order by starts_at, id")
        .bind(schedule)
        .bind(first.to_string())
        .bind(last.to_string())
        .all(tx, read)
        .await
}

/// The last day on which the schedule offers anything.
///
/// # Errors
/// When the database fails.
pub(crate) async fn last_day(tx: &mut Tx, schedule: &str) -> Result<Option<Date>, Error> {
    let day = sql("select max(day) as day from slot where schedule = $1")
        .bind(schedule)
        .first(tx, |row| row.optional::<String>("day"))
        .await?;
    Ok(day.flatten().and_then(|day| day.parse().ok()))
}

/// Adds offered times, with the day on which each starts; those that are there already stay as they are.
///
/// # Errors
/// When the database fails.
pub(crate) async fn insert(tx: &mut Tx, practice: &str, added: &[(Date, Slot)]) -> Result<(), Error> {
    let rows: Vec<serde_json::Value> = added
        .iter()
        .map(|(day, slot)| {
            let steps = Steps::covering(slot.starts_at, slot.ends_at);
            serde_json::json!({
                "id": slot.id, "schedule": slot.schedule, "category": slot.category, "day": day.to_string(),
                "starts_at": slot.starts_at.as_microsecond(), "ends_at": slot.ends_at.as_microsecond(),
                "first_step": steps.first, "until_step": steps.until,
            })
        })
        .collect();
    // One statement for thousands of rows; each database has its own words for reading JSON.
    sql_each(
        "insert into slot (id, practice, schedule, category, day, starts_at, ends_at, first_step, until_step)
         select value ->> 'id', $1, value ->> 'schedule', value ->> 'category', value ->> 'day',
                value ->> 'starts_at', value ->> 'ends_at', value ->> 'first_step', value ->> 'until_step'
         from json_each($2) where true on conflict do nothing",
        "insert into slot (id, practice, schedule, category, day, starts_at, ends_at, first_step, until_step)
         select id, $1, schedule, category, day, starts_at, ends_at, first_step, until_step
         from json_to_recordset($2::json) as added (id text, schedule text, category text, day text,
              starts_at bigint, ends_at bigint, first_step bigint, until_step bigint)
         on conflict do nothing",
    )
    .bind(practice)
    .bind(serde_json::Value::Array(rows).to_string())
    .execute(tx)
    .await
    .map(drop)
}

fn read(row: &Row) -> Result<Slot, Error> {
    Ok(Slot {
        id: row.get("id")?,
        schedule: row.get("schedule")?,
        category: row.get("category")?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
    })
}

fn read_offer(row: &Row) -> Result<Offer, Error> {
    Ok(Offer {
        slot: read(row)?,
        is_taken: row.get("is_taken")?,
        role: row.get("role")?,
        practitioner: row.get("practitioner")?,
        category_display: row.get("category_display")?,
    })
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::{
        tables::occupancy,
        test_support::{TUESDAY, appointment, at_minute, databases, tx},
    };

    fn slot(id: &str, schedule: &str, from: i64, until: i64) -> (Date, Slot) {
        let slot = Slot {
            id: id.into(),
            schedule: schedule.into(),
            category: "consult".into(),
            starts_at: at_minute(from),
            ends_at: at_minute(until),
        };
        (TUESDAY, slot)
    }

    fn wanted() -> Wanted {
        Wanted {
            from: at_minute(0),
            after_id: String::new(),
            until: at_minute(600),
            category: None,
            schedule: None,
            roles: None,
            is_taken: None,
            at_most: 10,
        }
    }

    #[tokio::test]
    async fn a_slot_is_free_when_none_of_its_steps_is_taken() {
        for db in databases().await {
            appointment(&db, "first").await;
            let (short, long) = (slot("a", "jansen", 0, 10), slot("b", "jansen", 0, 20));
            let (next, other) = (slot("c", "jansen", 10, 20), slot("d", "vries", 10, 20));
            let all = &[short.clone(), long, next, other];
            tx!(db, tx => insert(&mut tx, "01000001", all).await);
            tx!(db, tx => insert(&mut tx, "01000001", all).await);
            let steps = Steps::covering(at_minute(10), at_minute(15));
            assert!(tx!(db, tx => occupancy::take(&mut tx, "jansen", steps, "first").await));

            let ids = async |wanted: Wanted| {
                let wanted = &wanted;
                let found = tx!(db, tx => search(&mut tx, "01000001", wanted).await);
                found.into_iter().map(|offer| offer.slot.id).collect::<Vec<_>>().concat()
            };
            assert_eq!(ids(wanted()).await, "abcd");
            assert_eq!(ids(Wanted { is_taken: Some(false), ..wanted() }).await, "ad");
            assert_eq!(ids(Wanted { is_taken: Some(true), ..wanted() }).await, "bc");
            assert_eq!(ids(Wanted { schedule: Some("vries".into()), ..wanted() }).await, "d");
            let roles = |roles: &[&str]| Some(roles.iter().map(|role| (*role).to_owned()).collect());
            for (wanted_roles, expected) in [
                (roles(&["role-vries", "role-nobody"]), "d"),
                (roles(&["role-vries", "role-jansen"]), "abcd"),
                (roles(&["role-"]), ""),
            ] {
                assert_eq!(ids(Wanted { roles: wanted_roles, ..wanted() }).await, expected);
            }
            assert_eq!(ids(Wanted { category: Some("video".into()), ..wanted() }).await, "");
            assert_eq!(ids(Wanted { after_id: "a".into(), at_most: 2, ..wanted() }).await, "bc");
            assert_eq!(ids(Wanted { from: at_minute(1), ..wanted() }).await, "cd");
            assert_eq!(ids(Wanted { until: at_minute(10), ..wanted() }).await, "ab");

            assert_eq!(tx!(db, tx => find(&mut tx, "01000001", "a").await), Some(short.1.clone()));
            assert_eq!(tx!(db, tx => find(&mut tx, "01000002", "a").await), None);
            let times = (at_minute(0), at_minute(10));
            let found = tx!(db, tx => at(&mut tx, "01000001", "role-jansen", "consult", times).await);
            assert_eq!(found, Some(short.1));
            assert_eq!(tx!(db, tx => of_days(&mut tx, "jansen", TUESDAY, TUESDAY).await).len(), 3);
            assert_eq!(tx!(db, tx => last_day(&mut tx, "jansen").await), Some(TUESDAY));
            assert_eq!(tx!(db, tx => last_day(&mut tx, "nobody").await), None);
        }
    }
}
