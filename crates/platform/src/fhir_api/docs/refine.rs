use utoipa::{
    Modify,
    openapi::{
        ComponentsBuilder, Header, OpenApi, RefOr,
        path::Operation,
        schema::{ObjectBuilder, Type},
        security::{ClientCredentials, Flow, Http, HttpAuthScheme, OAuth2, Scopes, SecurityScheme},
    },
};

/// What holds of every call: how to log in, and that each answer can be found in the log.
pub(super) struct Refine;

impl Modify for Refine {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_with(|| ComponentsBuilder::new().build());
        for (name, scheme) in schemes() {
            components.add_security_scheme(name, scheme);
        }
        for path in document.paths.paths.values_mut() {
            let calls = [&mut path.get, &mut path.put, &mut path.post];
            for call in calls.into_iter().flatten() {
                add_request_id(call);
            }
        }
    }
}

fn schemes() -> [(&'static str, SecurityScheme); 2] {
    let scopes = Scopes::from_iter([("system/*.*", "everything that the contract lets a system do")]);
    let flow = Flow::ClientCredentials(ClientCredentials::new("/oauth2/token", scopes));
    [
        ("token", SecurityScheme::OAuth2(OAuth2::new([flow]))),
        ("client", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic))),
    ]
}

fn add_request_id(call: &mut Operation) {
    for answer in call.responses.responses.values_mut() {
        if let RefOr::T(answer) = answer {
            let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String));
            header.description = Some("Finds this call in our logs".to_owned());
            answer.headers.insert("X-Request-Id".to_owned(), header);
        }
    }
}
