//! What a practitioner does at the practice's system.

use testkit::{Answer, Patient};

use crate::town::{PLAIN, Town, id_at};

impl Town {
    async fn desk(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .kit
            .http
            .post(format!("{}{path}", self.base))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = Answer::to(request).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        answer
    }

    /// Plans a consult on Wednesday at this time; gives the address of its page.
    pub(crate) async fn plan(&self, who: Patient, time: &str) -> String {
        let answer = self
            .desk(
                &format!("/{PLAIN}/appointments/new"),
                &[
                    ("patient", &id_at(PLAIN, who)),
                    ("kind", "consult"),
                    ("schedule", &format!("{PLAIN}-jansen")),
                    ("date", "2026-05-06"),
                    ("time", "other"),
                    ("other_time", time),
                    ("message", ""),
                    ("do", "save"),
                ],
            )
            .await;
        answer.header("location").split('?').next().unwrap().to_owned()
    }

    /// Moves what is at this address to another time on Wednesday.
    pub(crate) async fn move_to(&self, address: &str, time: &str) {
        let form = [
            ("schedule", &*format!("{PLAIN}-jansen")),
            ("date", "2026-05-06"),
            ("time", "other"),
            ("other_time", time),
            ("message", ""),
            ("do", "save"),
        ];
        self.desk(&format!("{address}/move"), &form).await;
    }

    /// Cancels what is at this address.
    pub(crate) async fn call_off(&self, address: &str) {
        self.desk(&format!("{address}/cancel"), &[("reason", ""), ("message", "")]).await;
    }

    /// The address of the patient's only appointment in the agenda.
    pub(crate) async fn page_of(&self, who: Patient) -> String {
        let patient = &id_at(PLAIN, who);
        let found: Result<Vec<String>, db::Error> = self
            .agenda
            .read("page", |mut tx| async move {
                let ids = db::sql("select id from appointment where patient = $1").bind(patient);
                ids.all(&mut tx, |row| row.get("id")).await
            })
            .await;
        let [id]: [String; 1] = found.unwrap().try_into().unwrap();
        format!("/{PLAIN}/appointments/{id}")
    }
}
