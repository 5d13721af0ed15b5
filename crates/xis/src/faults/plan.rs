use std::sync::{Arc, Mutex, MutexGuard};

use http::HeaderMap;
use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    BadRule, Fault, Interaction, Rule, Value,
    armed::{Armed, lock},
    memory::Memory,
};
use crate::tables::Detailed;

/// The header by which a request asks for a fault, where that is allowed.
const HEADER: &str = "x-balie-fault";

/// Whether and how a XIS misbehaves. Only for tests.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What strikes from the start.
    pub rules: Vec<Rule>,
    /// Whether a request may ask for a fault (`X-Balie-Fault`), and a test in this process for more.
    pub allow: bool,
}

/// This XIS was not opened to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this XIS was not opened to misbehave: set faults.allow")]
pub struct NotAllowed;

/// Which fault strikes now. Without a plan none ever does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Option<Arc<Plan>>);

#[derive(Debug)]
struct Plan {
    armed: Armed,
    is_asked_for: bool,
    memory: Mutex<Memory>,
}

tokio::task_local! {
    /// What the request that is being answered has asked for.
    static OWN: Arc<Armed>;
}

impl Faults {
    /// No plan at all, unless the settings have one. Says loudly that there is one.
    pub(crate) fn new(settings: Settings) -> Self {
        let Settings { rules, allow } = settings;
        if rules.is_empty() && !allow {
            return Self(None);
        }
        for rule in &rules {
            tracing::warn!(fault = %rule, "THIS PRACTICE SYSTEM MISBEHAVES ON PURPOSE: {}", rule.fault.line());
        }
        if allow {
            tracing::warn!(
                "THIS PRACTICE SYSTEM MISBEHAVES WHEN A REQUEST ASKS FOR IT (X-Balie-Fault): only for tests"
            );
        }
        let armed = Armed(Mutex::new(rules));
        Self(Some(Arc::new(Plan { armed, is_asked_for: allow, memory: Mutex::default() })))
    }

    /// Whether this XIS can misbehave at all.
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Whether this fault strikes here and now.
    pub(crate) fn strikes(&self, fault: Fault, at: Interaction) -> bool {
        self.struck(fault, at).is_some()
    }

    /// The value of this fault, when it strikes here and now.
    pub(super) fn value(&self, fault: Fault, at: Interaction) -> Option<Value> {
        self.struck(fault, at)?.value()
    }

    /// The rule of this fault, when it strikes here and now.
    pub(super) fn struck(&self, fault: Fault, at: Interaction) -> Option<Rule> {
        let plan = self.0.as_ref()?;
        let own = OWN.try_with(|own| own.strike(fault, at)).ok().flatten();
        let struck = own.or_else(|| plan.armed.strike(fault, at))?;
        tracing::warn!(%fault, %at, "misbehaving on purpose");
        lock(&plan.memory).count(fault);
        Some(struck)
    }

    /// How far this XIS's clock is ahead.
    pub(super) fn skew(&self) -> SignedDuration {
        let Some(plan) = &self.0 else { return SignedDuration::ZERO };
        let rule = lock(&plan.armed.0).iter().find(|rule| rule.fault == Fault::ClockSkew).copied();
        let Some(Value::Duration(ahead)) = rule.as_ref().and_then(Rule::value) else {
            return SignedDuration::ZERO;
        };
        lock(&plan.memory).count(Fault::ClockSkew);
        ahead
    }

    /// The rules that still strike, for the pages; none where nothing ever does.
    pub(crate) fn said(&self) -> Option<String> {
        let plan = self.0.as_ref()?;
        Some(lock(&plan.armed.0).iter().map(Rule::to_string).collect::<Vec<_>>().join(", "))
    }

    /// How often this fault struck.
    pub(crate) fn times_struck(&self, fault: Fault) -> usize {
        self.memory().map(|memory| memory.times_struck(fault)).unwrap_or_default()
    }

    pub(super) fn memory(&self) -> Option<MutexGuard<'_, Memory>> {
        self.0.as_ref().map(|plan| lock(&plan.memory))
    }

    /// Keeps an appointment as it is before a change.
    pub(crate) fn remember(&self, before: &Detailed) {
        if let Some(mut memory) = self.memory() {
            memory.remember(before);
        }
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// When the settings do not allow it.
    pub(crate) fn arm(&self, rule: Rule) -> Result<(), NotAllowed> {
        let plan = self.0.as_ref().filter(|plan| plan.is_asked_for).ok_or(NotAllowed)?;
        lock(&plan.armed.0).push(rule);
        Ok(())
    }

    /// Takes every rule away.
    pub(crate) fn disarm(&self) {
        if let Some(plan) = &self.0 {
            lock(&plan.armed.0).clear();
        }
    }

    /// Runs `work` with what its request asks for; nothing where that is not allowed.
    ///
    /// # Errors
    /// When what it asks for cannot be read.
    pub(super) async fn during<T>(
        &self,
        headers: &HeaderMap,
        work: impl Future<Output = T>,
    ) -> Result<T, BadRule> {
        let is_asked_for = self.0.as_ref().is_some_and(|plan| plan.is_asked_for);
        let asked = headers.get_all(HEADER).iter().filter_map(|value| value.to_str().ok());
        let asked = asked.flat_map(|text| text.split(',')).filter(|_| is_asked_for).map(str::parse);
        let own = Arc::new(Armed(Mutex::new(asked.collect::<Result<_, _>>()?)));
        Ok(OWN.scope(own, work).await)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(rules: &[&str], allow: bool) -> Faults {
        Faults::new(Settings { rules: rules.iter().map(|rule| rule.parse().unwrap()).collect(), allow })
    }

    #[test]
    fn a_rule_strikes_where_it_says_and_as_often_as_it_says() {
        let faults = faults(&["answer-lost@Appointment.create:2", "cut"], false);
        let lost = |at| faults.strikes(Fault::AnswerLost, at);
        assert!(!lost(Interaction::SearchSlots));
        assert!(lost(Interaction::CreateAppointment) && lost(Interaction::CreateAppointment));
        assert!(!lost(Interaction::CreateAppointment), "twice is enough");
        assert!((0..9).all(|_| faults.strikes(Fault::Cut, Interaction::SearchSlots)));
        assert!(!faults.strikes(Fault::Cut, Interaction::TellUpdate), "it cannot strike there");
    }

    #[test]
    fn without_the_switch_nothing_can_be_armed() {
        assert_eq!(faults(&[], false).arm(Rule::always(Fault::Hang)), Err(NotAllowed));
        assert_eq!(faults(&["cut"], false).arm(Rule::always(Fault::Hang)), Err(NotAllowed));
        assert!(!Faults::default().is_on() && !faults(&[], false).is_on());
        let allowed = faults(&[], true);
        assert_eq!(allowed.arm(Rule::always(Fault::Hang)), Ok(()));
        assert!(allowed.strikes(Fault::Hang, Interaction::SearchSlots));
        allowed.disarm();
        assert!(!allowed.strikes(Fault::Hang, Interaction::SearchSlots));
    }

    #[tokio::test]
    async fn a_request_asks_for_itself_alone_and_only_where_that_is_allowed() {
        let asks = HeaderMap::from_iter([(HEADER.parse().unwrap(), "hang, slow=1s".parse().unwrap())]);
        let hangs = |faults: &Faults| faults.strikes(Fault::Hang, Interaction::SearchSlots);
        let allowed = faults(&[], true);
        assert!(allowed.during(&asks, async { hangs(&allowed) }).await.unwrap());
        assert!(!hangs(&allowed), "the next request has not asked");
        let closed = faults(&["cut"], false);
        assert!(!closed.during(&asks, async { hangs(&closed) }).await.unwrap());
        let unreadable = HeaderMap::from_iter([(HEADER.parse().unwrap(), "hung".parse().unwrap())]);
        assert!(allowed.during(&unreadable, async {}).await.is_err());
        assert!(closed.during(&unreadable, async {}).await.is_ok(), "nobody listens to it");
    }
}
