//! What the demo says when it is ready.

use std::time::Duration;

use super::{
    files::Addresses,
    people::{DEMO_XIS, OTHER_XIS, PATIENTS, PRACTITIONERS},
};

/// Addresses, credentials and three things to try.
pub(super) fn text(addresses: &Addresses, took: Duration) -> String {
    let Addresses { platform, xis, dev, smtp_port, catches_mail } = addresses;
    let mails = if *catches_mail {
        format!("http://{dev}/dev/mailbox        all mail ends here (SMTP on 127.0.0.1:{smtp_port})")
    } else {
        format!("all go to the SMTP server on 127.0.0.1:{smtp_port}")
    };
    let practitioners = PRACTITIONERS.map(|practitioner| practitioner.name).join(", ");
    let patients = PATIENTS.map(|patient| patient.name).join(", ");
    format!(
        "\
Balie is ready after {took:.1?}. Ctrl-C stops it.

  Patients          http://{platform}/        log in as {patients}
  Practices         http://{xis}/        the agenda of each practice; log in as {practitioners}
  Mails             {mails}
  API               http://{platform}/fhir/r4        a token: http://{platform}/oauth2/token
                    {demo} / {demo_secret}        practices 01000001, 01000002 (approves by hand), 01000003 (nothing to book), 01000005 (version 1)
                    {other} / {other_secret}        practice 01000004

Three things to try:
  1. Log in as a patient and book an appointment at Praktijk De Linde. Then look at the mails.
  2. Book one at Huisartsen aan de Vecht. Approve it in that practice's agenda, under the requests.
  3. Move an appointment in the agenda. The patient gets a mail and sees what changed.
",
        demo = DEMO_XIS.id,
        demo_secret = DEMO_XIS.secret,
        other = OTHER_XIS.id,
        other_secret = OTHER_XIS.secret,
        took = took,
    )
}
