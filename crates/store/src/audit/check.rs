//! Whether the trail is as it was written, a stretch at a time.

use db::{Tx, sql};
use jiff::Timestamp;

use super::{
    AuditFault, AuditLine, Batch, Head,
    chain::{Link, chain},
    line::Genuine,
    seal::{lines, tombstone},
    tombstone::Tombstone,
};
use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// So many batches are checked at a time, at most.
const BATCHES: i64 = 200;
/// So many lines are checked at a time, or those of one batch.
const LINES: i64 = 10_000;

/// A walk along the trail that looks for what is wrong.
#[derive(Debug)]
pub struct AuditCheck<'a> {
    store: &'a Store,
    heads: Vec<Head>,
    link: Link,
    counts: AuditCounts,
    stage: Stage,
}

/// How much was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditCounts {
    /// Batches whose lines are there.
    pub batches: u64,
    /// Lines in them.
    pub lines: u64,
    /// Lines that wait for their batch.
    pub waiting: u64,
    /// When the oldest of those was written.
    pub waiting_since: Option<Timestamp>,
    /// Lines that were kept long enough and are gone.
    pub swept: u64,
    /// The last batch.
    pub head: Option<Head>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Tombstones,
    Batches,
    Tail,
    Done,
}

/// Some batches with everything that stands where they are.
struct Stretch {
    /// What was swept, perhaps since the walk began.
    swept: Option<Tombstone>,
    batches: Vec<Batch>,
    lines: Vec<AuditLine>,
}

impl Store {
    /// A check of the whole trail, and of whether these heads, which were kept elsewhere, are in it.
    #[must_use]
    pub fn check_audit(&self, heads: Vec<Head>) -> AuditCheck<'_> {
        let (link, counts) = (Link::default(), AuditCounts::default());
        AuditCheck { store: self, heads, link, counts, stage: Stage::Tombstones }
    }
}

impl AuditCheck<'_> {
    /// What is wrong with the next stretch; `None` after the last. It holds one stretch in memory.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Option<Vec<AuditFault>>, Error> {
        match self.stage {
            Stage::Tombstones => self.tombstones().await.map(Some),
            Stage::Batches => self.batches().await.map(Some),
            Stage::Tail => self.tail().await.map(Some),
            Stage::Done => Ok(None),
        }
    }

    /// How much was checked so far.
    #[must_use]
    pub fn counts(&self) -> &AuditCounts {
        &self.counts
    }

    async fn tombstones(&mut self) -> Result<Vec<AuditFault>, Error> {
        let all: Result<_, Error> = self
            .store
            .read("tombstones of the audit trail", |mut tx| async move {
                let all = sql("select * from audit_tombstone order by number");
                Ok(all.all(&mut tx, Tombstone::read).await?)
            })
            .await;
        let all = all?;
        let changed = all.iter().filter(|one| one.genuine(&self.store.vault) != Genuine::Yes);
        let faults = changed.map(|one| AuditFault::TombstoneChanged { number: one.number }).collect();
        self.counts.swept = all.iter().filter_map(|one| u64::try_from(one.lines).ok()).sum();
        self.link = all.last().map(Tombstone::link).unwrap_or_default();
        self.stage = Stage::Batches;
        Ok(faults)
    }

    async fn batches(&mut self) -> Result<Vec<AuditFault>, Error> {
        let after = self.link.number;
        let stretch = self.store.read("audit batches", |mut tx| async move { stretch(&mut tx, after).await });
        let Stretch { swept, batches, mut lines } = stretch.await?;
        let mut faults = Vec::new();
        if let Some(swept) = swept.filter(|swept| swept.number > after) {
            // It was swept while we walked.
            self.link = swept.link();
            self.counts.swept = self.counts.swept.max(swept.lines.try_into().unwrap_or_default());
        }
        if batches.is_empty() {
            faults.extend(self.heads.drain(..).filter_map(|head| beyond(&self.link, &head)));
            self.stage = Stage::Tail;
            return Ok(faults);
        }
        for batch in &batches {
            let rest = lines.split_off(lines.partition_point(|line| line.place < batch.high));
            self.batch(batch, &lines, &mut faults);
            lines = rest;
        }
        Ok(faults)
    }

    fn batch(&mut self, batch: &Batch, lines: &[AuditLine], faults: &mut Vec<AuditFault>) {
        let vault = &self.store.vault;
        faults.extend(fault_of_batch(batch, batch.genuine(vault)));
        let number = batch.number;
        if number != self.link.number + 1 {
            faults.push(AuditFault::BatchesRemoved { first: self.link.number + 1, last: number - 1 });
        } else if batch.low != self.link.high || batch.previous != self.link.chain {
            faults.push(AuditFault::Unlinked { number });
        }
        let own = &lines[lines.partition_point(|line| line.place < batch.low)..];
        let strays = &lines[..lines.len() - own.len()];
        faults.extend(lines.iter().filter_map(|line| fault_of_line(line, line.genuine(vault))));
        faults.extend(difference(batch, own));
        let missed = self.heads.extract_if(.., |head| head.number <= number);
        let differs = missed.filter(|head| head.number == number && head.chain != batch.chain);
        faults.extend(differs.map(|head| AuditFault::HeadDiffers { number, sealed_at: head.sealed_at }));
        self.counts.batches += 1;
        self.counts.lines += (own.len() + strays.len()) as u64;
        self.counts.head = Some(batch.head());
        self.link = batch.link();
    }

    /// What is not chained yet, and what cannot be where it is.
    async fn tail(&mut self) -> Result<Vec<AuditFault>, Error> {
        let (first, high) = (self.link.high, i64::MAX);
        let found: Result<_, Error> = self
            .store
            .read("the end of the audit trail", |mut tx| async move {
                let swept = tombstone(&mut tx).await?.map_or(0, |swept| swept.high);
                let below = sql("select count(*) as lines from audit where place < $1")
                    .of_everybody(Job::Audit)
                    .bind(swept);
                let below: i64 = below.first(&mut tx, |row| row.get("lines")).await?.unwrap_or(0);
                let at_most = u32::try_from(LINES).ok();
                Ok((below, lines(&mut tx, (first, high), at_most).await?))
            })
            .await;
        let (below, lines) = found?;
        let mut faults: Vec<_> =
            lines.iter().filter_map(|line| fault_of_line(line, line.genuine(&self.store.vault))).collect();
        self.counts.waiting += lines.len() as u64;
        let oldest = lines.iter().map(|line| line.at);
        self.counts.waiting_since = oldest.chain(self.counts.waiting_since).min();
        match lines.last() {
            // The lines of one place may have been divided: its place is read again.
            Some(last) if i64::try_from(lines.len()) == Ok(LINES) && last.place > first => {
                self.counts.waiting -= lines.iter().filter(|line| line.place == last.place).count() as u64;
                self.link.high = last.place;
            }
            _ => {
                if below > 0 {
                    faults.push(AuditFault::BelowTombstone { lines: below });
                }
                self.stage = Stage::Done;
            }
        }
        Ok(faults)
    }
}

async fn stretch(tx: &mut Tx, after: i64) -> Result<Stretch, Error> {
    let swept = tombstone(tx).await?;
    let after = swept.as_ref().map_or(after, |swept| after.max(swept.number));
    let text = "select * from audit_seal where number > $1 order by number limit $2";
    let mut batches = sql(text).bind(after).bind(BATCHES).all(tx, Batch::read).await?;
    let mut sum = 0;
    let few = batches.iter().take_while(|batch| {
        sum += batch.lines;
        sum <= LINES
    });
    let few = few.count().max(1);
    batches.truncate(few);
    let lines = match (batches.first(), batches.last()) {
        (Some(first), Some(last)) => lines(tx, (first.low, last.high), None).await?,
        _ => Vec::new(),
    };
    Ok(Stretch { swept, batches, lines })
}

/// A head of a batch after the last one was cut off; one of a batch that was swept is no loss.
fn beyond(link: &Link, head: &Head) -> Option<AuditFault> {
    let Head { number, sealed_at, .. } = *head;
    (number > link.number).then_some(AuditFault::TailCut { number, sealed_at })
}

fn fault_of_line(line: &AuditLine, genuine: Genuine) -> Option<AuditFault> {
    match genuine {
        Genuine::Yes => None,
        Genuine::No => Some(AuditFault::LineChanged { line: line.id.clone(), at: line.at }),
        Genuine::NoKey => {
            Some(AuditFault::KeyMissing { what: format!("line {}", line.id), key: line.key_id })
        }
    }
}

fn fault_of_batch(batch: &Batch, genuine: Genuine) -> Option<AuditFault> {
    let number = batch.number;
    match genuine {
        Genuine::Yes => None,
        Genuine::No => Some(AuditFault::BatchChanged { number }),
        Genuine::NoKey => Some(AuditFault::KeyMissing { what: format!("batch {number}"), key: batch.key_id }),
    }
}

/// What a batch says of its lines against what they are.
fn difference(batch: &Batch, lines: &[AuditLine]) -> Option<AuditFault> {
    let (number, sealed_at) = (batch.number, batch.sealed_at);
    if chain(&batch.previous, number, lines) == batch.chain {
        return None;
    }
    let more = i64::try_from(lines.len()).unwrap_or(i64::MAX) - batch.lines;
    Some(match more {
        0 => AuditFault::LinesDiffer { number, sealed_at },
        1.. => AuditFault::LinesInserted { number, sealed_at, lines: more },
        _ => AuditFault::LinesRemoved { number, sealed_at, lines: -more },
    })
}
