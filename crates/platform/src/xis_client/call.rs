use std::time::Duration;

use bytes::Bytes;
use fhir::{incoming::OperationOutcome, naming};
use http::{Method, StatusCode, header};
use secrecy::ExposeSecret as _;
use url::Url;
use world::{HttpError, Limits, Request, Response};

use super::{Trouble, XisClient};

/// The largest answer that is read: some 10,000 slots.
const BODY_BYTES: usize = 16 * 1024 * 1024;

/// What is asked.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) address: Url,
    pub(super) body: Bytes,
    pub(super) if_none_exist: Option<String>,
    pub(super) timeout: Duration,
}

impl Call {
    pub(super) fn get(address: Url) -> Self {
        let timeout = super::READ_TIMEOUT;
        Self { method: Method::GET, address, body: Bytes::new(), if_none_exist: None, timeout }
    }

    pub(super) fn post(address: Url, body: Vec<u8>) -> Self {
        let timeout = super::WRITE_TIMEOUT;
        Self { method: Method::POST, address, body: body.into(), if_none_exist: None, timeout }
    }
}

impl XisClient<'_> {
    /// Sends a call and returns its answer, whatever its status but 401: then once more with a new token (C13).
    pub(super) async fn send(&self, call: &Call) -> Result<Response, Trouble> {
        let _place = self.app.gates.enter(&self.app.world, self.agb()).await?;
        let answer = self.send_once(call).await?;
        if answer.status() != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        self.forget_token();
        self.send_once(call).await
    }

    /// Sends a call whose answer must be 200.
    pub(super) async fn send_for_ok(&self, call: &Call) -> Result<Bytes, Trouble> {
        let answer = self.send(call).await?;
        if answer.status() == StatusCode::OK { Ok(answer.into_body()) } else { Err(refused(&answer)) }
    }

    async fn send_once(&self, call: &Call) -> Result<Response, Trouble> {
        let limits = Limits { timeout: call.timeout, body_bytes: BODY_BYTES };
        // The token counts towards the patience of the page too.
        let token = self.app.world.within(call.timeout, self.token()).await.ok_or_else(|| {
            Trouble::Http(HttpError::Unreachable {
                host: "the token endpoint".to_owned(),
                reason: format!("nothing within {:?}", call.timeout),
            })
        })??;
        let mut request = http::Request::builder()
            .method(call.method.clone())
            .uri(call.address.as_str())
            .header(header::AUTHORIZATION, format!("Bearer {}", token.expose_secret()))
            .header(header::ACCEPT, naming::FHIR_JSON)
            .header("X-Organization-Identifier", self.organization());
        if !call.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, naming::FHIR_JSON);
        }
        if let Some(query) = &call.if_none_exist {
            request = request.header("If-None-Exist", query);
        }
        let request: Request = request.body(call.body.clone()).map_err(|error| {
            Trouble::Http(HttpError::Unreachable { host: self.agb().to_string(), reason: error.to_string() })
        })?;
        Ok(self.app.world.http.send(request, limits).await?)
    }

    /// D1: the token form, or the bare code by setting.
    fn organization(&self) -> String {
        if self.practice.settings.plain_organization {
            self.agb().to_string()
        } else {
            format!("{}|{}", naming::AGB_Z, self.agb())
        }
    }
}

/// The answer as a trouble, with what its OperationOutcome says.
pub(super) fn refused(answer: &Response) -> Trouble {
    let said = fhir::parse::<OperationOutcome>(answer.body()).ok().and_then(|outcome| outcome.summary());
    Trouble::Status { status: answer.status(), said }
}
