use std::collections::HashSet;

use fhir::incoming::{Bundle, Resource};
use serde::de::DeserializeOwned;
use url::Url;

use super::{Trouble, XisClient, call::Call};

/// More pages than this are no answer (C7).
const PAGES: usize = 20;

/// The pages of one search that were read already.
#[derive(Debug, Default)]
pub(super) struct Paging(HashSet<Url>);

impl Paging {
    /// Turns to a page that was not read before.
    ///
    /// # Errors
    /// When there are too many, or this one was read.
    pub(super) fn turn_to(&mut self, page: &Url) -> Result<(), Trouble> {
        if self.0.len() == PAGES {
            return Err(Trouble::Paging("more than 20 pages"));
        }
        if self.0.insert(page.clone()) {
            Ok(())
        } else {
            Err(Trouble::Paging("a page links to one before it"))
        }
    }
}

impl XisClient<'_> {
    /// Everything that a search finds, page by page. What cannot be read is left out and logged for the operator.
    pub(super) async fn everything<T: Resource + DeserializeOwned>(
        &self,
        first: Url,
    ) -> Result<Vec<T>, Trouble> {
        let (mut found, mut paging, mut next) = (Vec::new(), Paging::default(), Some(first));
        while let Some(address) = next {
            paging.turn_to(&address)?;
            let body = self.send_for_ok(&Call::get(address.clone())).await?;
            let page = Bundle::<T>::parse(&body).map_err(Trouble::Unreadable)?;
            if let Some(first) = page.skipped.first() {
                let (count, first) = (page.skipped.len(), &first.problem);
                tracing::warn!(practice = %self.agb(), kind = T::TYPE, count, %first, "resources could not be read");
            }
            found.extend(page.resources);
            next = page.next.map(|next| self.next_page(&address, &next)).transpose()?;
        }
        Ok(found)
    }

    /// The next page's address, which must be on the same machine: our token goes along (C7).
    pub(super) fn next_page(&self, current: &Url, next: &str) -> Result<Url, Trouble> {
        let next = current.join(next).map_err(|_| Trouble::Paging("a link that is no address"))?;
        if next.origin() == self.base.origin() {
            Ok(next)
        } else {
            Err(Trouble::Paging("a link to elsewhere"))
        }
    }
}
