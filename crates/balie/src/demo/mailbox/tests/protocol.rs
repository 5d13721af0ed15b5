use super::*;

/// What the server says to these bytes, until it hangs up.
async fn talk(running: &Running, said: &[u8]) -> String {
    let mut stream = TcpStream::connect(running.smtp).await.unwrap();
    stream.write_all(said).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    heard
}

fn codes(heard: &str) -> Vec<&str> {
    heard.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect()
}

const BEGIN: &str =
    "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<jan@example.nl>\r\nRCPT TO:<fatima@example.nl>\r\nDATA\r\n";
const BEGUN: [&str; 6] = ["220", "250", "250", "250", "250", "354"];

#[tokio::test]
async fn all_commands_may_be_sent_at_once() {
    let running = running(None).await;
    let heard =
        talk(&running, format!("{BEGIN}Subject: x\r\n\r\ny\r\n.\r\nNOOP\r\nQUIT\r\n").as_bytes()).await;
    assert_eq!(codes(&heard), [&BEGUN[..], &["250", "250", "221"]].concat());
    assert_eq!(running.json().await[0]["to"], "jan@example.nl, fatima@example.nl");
}

#[tokio::test]
async fn a_dot_after_a_bare_line_feed_does_not_end_a_mail() {
    let running = running(None).await;
    let smuggled = "Subject: x\r\n\r\na\n.\nMAIL FROM:<evil@example.nl>\r\nb\n.\r\nc\r\n.\r\nQUIT\r\n";
    let heard = talk(&running, format!("{BEGIN}{smuggled}").as_bytes()).await;
    assert_eq!(codes(&heard), [&BEGUN[..], &["250", "221"]].concat());
    let mails = running.json().await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0]["text"].as_str().unwrap().contains("evil@example.nl"));
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_and_the_next_one_taken() {
    let running = running(None).await;
    let too_much = "x".repeat(11 * 1024 * 1024);
    for large in [too_much.clone(), format!("{}\r\n", "y".repeat(70)).repeat(150_000)] {
        let next = format!("\r\n.\r\n{}Subject: next\r\n\r\n\r\n.\r\nQUIT\r\n", &BEGIN["EHLO x\r\n".len()..]);
        let heard = talk(&running, format!("{BEGIN}{large}{next}").as_bytes()).await;
        assert_eq!(codes(&heard), [&BEGUN[..], &["552", "250", "250", "250", "354", "250", "221"]].concat());
    }
    assert_eq!(running.json().await.len(), 2);
}

#[tokio::test]
async fn a_mail_that_is_cut_off_is_not_kept() {
    let running = running(None).await;
    let heard = talk(&running, format!("{BEGIN}Subject: x\r\n\r\nhalf").as_bytes()).await;
    assert_eq!(codes(&heard), BEGUN);
    assert!(running.json().await.is_empty());
}

#[tokio::test]
async fn nonsense_is_answered_and_then_hung_up_on() {
    let running = running(None).await;
    let long = "N".repeat(100_000);
    let heard = talk(&running, format!("{long}\r\n\u{0}\r\nGET / HTTP/1.1\r\nQUIT\r\n").as_bytes()).await;
    assert_eq!(codes(&heard), ["220", "500", "500", "500", "221"]);
    let heard = talk(&running, "HACK\r\n".repeat(20).as_bytes()).await;
    assert_eq!(codes(&heard).last(), Some(&"421"));
}

#[tokio::test]
async fn one_client_too_many_is_told_so() {
    let running = running(None).await;
    let mut clients = Vec::new();
    for _ in 0..64 {
        let mut client = TcpStream::connect(running.smtp).await.unwrap();
        let mut greeting = [0; 16];
        client.read_exact(&mut greeting).await.unwrap();
        clients.push(client);
    }
    assert!(talk(&running, b"").await.starts_with("421"));
    drop(clients.pop());
}
