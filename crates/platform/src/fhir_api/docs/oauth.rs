use utoipa::ToSchema;

/// What a system asks a token with. Who it is stands in the header (`client_secret_basic`) or here.
#[derive(ToSchema)]
pub(crate) struct TokenRequest {
    #[schema(inline)]
    grant_type: ClientCredentials,
    #[schema(inline)]
    scope: Option<EveryScope>,
    /// With `client_secret_post`.
    #[schema(example = "demo-xis")]
    client_id: Option<String>,
    /// With `client_secret_post`.
    #[schema(example = "demo-secret")]
    client_secret: Option<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum ClientCredentials {
    ClientCredentials,
}

/// What a token allows: everything that the contract lets a system do for its practices.
#[derive(ToSchema)]
pub(crate) enum EveryScope {
    #[schema(rename = "system/*.*")]
    All,
}

/// A token.
#[derive(ToSchema)]
pub(crate) struct Token {
    access_token: String,
    token_type: String,
    /// Seconds.
    #[schema(minimum = 1)]
    expires_in: u64,
    scope: Option<String>,
}

/// Why no token is given (RFC 6749, 5.2).
#[derive(ToSchema)]
pub(crate) struct TokenProblem {
    #[schema(example = "invalid_client")]
    error: String,
    error_description: Option<String>,
}

/// What this authorization server offers (RFC 8414).
#[derive(ToSchema)]
pub(crate) struct ServerMetadata {
    issuer: String,
    token_endpoint: String,
    jwks_uri: String,
    grant_types_supported: Vec<String>,
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// The keys that verify its tokens (RFC 7517).
#[derive(ToSchema)]
pub(crate) struct KeySet {
    #[schema(value_type = Vec<Object>, min_items = 1)]
    keys: Vec<()>,
}
