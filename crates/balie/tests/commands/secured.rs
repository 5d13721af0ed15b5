//! `balie serve` as an operator sets it up for others: with TLS, certificates of callers, and a proxy in front.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use reqwest::{Certificate, Client, Identity, header::HeaderValue, redirect::Policy};
use testkit::{Answer, Caller, JAN};

use crate::{
    operator::Operator,
    serving::{Serving, free_port},
};

const AGB: &str = "01000001";
const BSN: &str = "http://fhir.nl/fhir/NamingSystem/bsn";
const FORM: &str = "application/x-www-form-urlencoded";

/// A platform with the clients `my-xis`, which must show a certificate, and `other-xis`.
struct Scene {
    operator: Operator,
    authority: CertifiedIssuer<'static, KeyPair>,
    base: String,
    secrets: [String; 2],
}

impl Scene {
    fn new() -> Self {
        let (operator, port) = (Operator::new(), free_port());
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let secrets = ["my-xis", "other-xis"].map(|id| {
            let said = operator.succeeds(&["xis-client", "add", id]);
            said.lines().find_map(|line| line.strip_prefix("client_secret = ")).unwrap().to_owned()
        });
        operator.succeeds(&["practice", "add", AGB, "--name", "De Linde", "--client", "my-xis"]);
        let scene = Self { operator, authority, base: format!("https://localhost:{port}"), secrets };
        let [certificate, key] = scene.issued("localhost");
        let files = [("certificate.pem", certificate), ("key.pem", key), ("ca.pem", scene.authority.pem())];
        for (name, pem) in files {
            std::fs::write(scene.operator.0.path().join(name), pem).unwrap();
        }
        let text = std::fs::read_to_string(scene.operator.file()).unwrap();
        let text = text
            .replace("'127.0.0.1:0'", &format!("'127.0.0.1:{port}'"))
            .replace("[login]\n", "trusted_proxies = ['127.0.0.1']\n[login]\n");
        std::fs::write(scene.operator.file(), text).unwrap();
        scene.operator.adds(
            "\n[tls]\ncertificate = 'certificate.pem'\nkey = 'key.pem'\nclient_ca = 'ca.pem'\n\
             [client_certificates]\nmy-xis = 'xis.example'\n[limits]\naddress = 2\n",
        );
        scene
    }

    /// A certificate for a host, and its key.
    fn issued(&self, host: &str) -> [String; 2] {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([host.to_owned()]).unwrap();
        [params.signed_by(&key, &self.authority).unwrap().pem(), key.serialize_pem()]
    }

    /// As somebody calls who holds a certificate for this host.
    fn holder(&self, of: &str) -> Client {
        let own = Identity::from_pem(self.issued(of).concat().as_bytes()).unwrap();
        self.builder().identity(own).build().unwrap()
    }

    fn stranger(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn builder(&self) -> reqwest::ClientBuilder {
        let root = Certificate::from_pem(self.authority.pem().as_bytes()).unwrap();
        Client::builder().redirect(Policy::none()).tls_certs_only([root])
    }

    /// The status of a call for the practice, in which it looks for somebody who is no patient there.
    async fn call(&self, http: &Client, token: &str) -> u16 {
        let body = format!("identifier={BSN}|{}", JAN.bsn);
        let call = http.post(format!("{}/fhir/r4/Patient/_search", self.base)).bearer_auth(token);
        let call = call.header("x-organization-identifier", AGB).header("content-type", FORM);
        Answer::to(call.body(body)).await.status
    }

    /// What is answered to `my-xis` when it asks for a token with its right secret.
    async fn token(&self, http: &Client) -> (u16, String) {
        let ask = http.post(format!("{}/oauth2/token", self.base)).header("content-type", FORM);
        let ask = ask.basic_auth("my-xis", Some(&self.secrets[0])).body("grant_type=client_credentials");
        let answer = Answer::to(ask).await;
        (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
    }

    /// The status of a page that somebody opens through a proxy which says this.
    async fn page(&self, http: &Client, said: &[u8]) -> u16 {
        let said = HeaderValue::from_bytes(said).unwrap();
        let page = http.get(format!("{}/", self.base)).header("x-forwarded-for", said);
        Answer::to(page).await.status
    }
}

/// ASVS: 12.1.3, 12.3.5
#[tokio::test]
async fn neither_a_stolen_secret_nor_a_stolen_token_is_of_use_without_the_certificate() {
    let scene = Scene::new();
    let _serving = Serving::start(&scene.operator);
    let (right, other, none) = (scene.holder("xis.example"), scene.holder("other.example"), scene.stranger());
    let token = Caller::new(&scene.base, &right, "my-xis", &scene.secrets[0]).await.token().to_owned();
    assert_eq!(scene.call(&right, &token).await, 404, "it may call, and finds nobody");
    for thief in [&other, &none] {
        assert_eq!(scene.token(thief).await, (401, "invalid_client".to_owned()));
        assert_eq!(scene.call(thief, &token).await, 401);
    }
    assert_eq!(scene.token(&right).await.0, 200);
    // Of another client none is asked.
    Caller::new(&scene.base, &none, "other-xis", &scene.secrets[1]).await;
}

/// ASVS: 2.4.1
#[tokio::test]
async fn behind_a_proxy_each_address_has_its_own_limit_whatever_it_writes_itself() {
    let scene = Scene::new();
    let _serving = Serving::start(&scene.operator);
    let proxy = scene.stranger();
    assert_eq!(scene.page(&proxy, b"192.0.2.7").await, 200);
    assert_eq!(scene.page(&proxy, b"\xff, 192.0.2.7").await, 200);
    for said in [&b"192.0.2.7"[..], b"\xff, 192.0.2.7", b"127.0.0.1, 192.0.2.7"] {
        assert_eq!(scene.page(&proxy, said).await, 429, "{said:?}");
    }
    assert_eq!(scene.page(&proxy, b"192.0.2.8").await, 200);
}

#[test]
fn what_would_do_nothing_is_refused_before_it_is_relied_on() {
    let scene = Scene::new();
    let good = std::fs::read_to_string(scene.operator.file()).unwrap();
    assert!(scene.operator.succeeds(&["config", "check"]).contains("is good"));
    let cases = [
        (good.replace("my-xis = ", "my-xsi = "), "there is no client my-xsi"),
        (good.replace("'xis.example'", "'https://xis.example'"), "is no host name"),
        (good.replace("client_ca = 'ca.pem'\n", ""), "nobody can show a certificate without client_ca"),
        (good.replace("'ca.pem'", "'platform.toml'"), "client_ca names no authority"),
    ];
    for (text, line) in cases {
        std::fs::write(scene.operator.file(), text).unwrap();
        for command in [&["config", "check"][..], &["serve"]] {
            let said = scene.operator.fails(command);
            assert!(said.contains(line), "{line}: {said}");
        }
    }
}

#[test]
fn an_operator_is_warned_of_plain_connections_from_elsewhere() {
    let operator = Operator::new();
    let good = std::fs::read_to_string(operator.file()).unwrap();
    let elsewhere = good.replace("'127.0.0.1:0'", "'0.0.0.0:0'");
    let proxied = elsewhere.replace("[login]\n", "trusted_proxies = ['10.0.0.5']\n[login]\n");
    for (text, is_warned) in [(good, false), (elsewhere, true), (proxied, false)] {
        std::fs::write(operator.file(), text).unwrap();
        let said = operator.types(&["config", "check"]);
        assert!(said.ok, "{}", said.err);
        assert_eq!(said.err.contains("connections are plain"), is_warned, "{}", said.err);
    }
}
