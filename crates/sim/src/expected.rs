//! What a thousand seeds must reach, or they show less than they say.

/// Everything that can go wrong: on the network, with the programs, and what a XIS does by habit.
pub(crate) const FAULTS: [&str; 18] = [
    "fault: early-update",
    "fault: early-response",
    "fault: stale-update",
    "fault: out-of-order",
    "fault: twice",
    "fault: cut before it arrives",
    "fault: answer cut",
    "fault: answer hangs",
    "fault: arrives twice",
    "fault: arrives late",
    "fault: overtaken",
    "fault: nobody there",
    "fault: crash of platform",
    "fault: crash of xis",
    "fault: clock jump",
    "fault: mail server away",
    "fault: mail taken, not confirmed",
    "reached: a mail twice with one key",
];

/// States that only an unlucky order of things leads to.
pub(crate) const RARE: [&str; 16] = [
    "reached: a patient moves a visit",
    "reached: no times to be seen",
    "audit: appointment answer: confirmed",
    "audit: appointment cancel answer: cancelled by the patient",
    "audit: appointment cancel: unchanged",
    "audit: appointment response: declined",
    "audit: appointment response: unchanged",
    "audit: appointment update: unchanged",
    "traffic: xis POST /fhir/r4/Appointment 200",
    "traffic: xis POST /fhir/r4/Appointment 409",
    "reached: double tap",
    "reached: two devices",
    "reached: form sent again after no answer",
    "reached: reload of the answer",
    "reached: the time was gone",
    "reached: two answers race",
];
