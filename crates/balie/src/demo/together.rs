//! Everything on one machine, in one process or in three.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use axum::Router;
use platform::Platform;
use tokio::{net::TcpListener, process::Command};
use tokio_util::sync::CancellationToken;
use world::{Limits, Outgoing, World};
use xis::Xis;

use super::{
    banner,
    files::{self, Addresses, Files},
    mailbox, providers, seed,
};
use crate::{
    cli,
    config::{self, PlatformFile, XisFile},
    process,
};

/// Runs the demo until it is told to stop.
pub(crate) async fn run(arguments: &cli::Demo) -> anyhow::Result<()> {
    let started = Instant::now();
    let stop = process::stop_signal()?;
    let world = World::reaching(&Outgoing::to_this_machine())?;
    let folder = Folder::of(arguments.dir.as_deref())?;
    let smtp = SocketAddr::from(([127, 0, 0, 1], arguments.smtp_port));
    let (smtp, mailbox, _catcher) = mailbox::listen(
        smtp,
        folder.kept().map(|path| path.join("mails")),
        std::sync::Arc::clone(&world.clock),
    )
    .await
    .with_context(|| format!("the mail catcher cannot listen on {smtp}: choose another --smtp-port"))?;
    let sockets = Sockets::take(arguments, smtp.port()).await?;
    let databases = (arguments.database.as_deref(), arguments.database_owner.as_deref());
    let files = files::write(folder.path(), &sockets.addresses, databases, &*world.chance)?;
    let dev = Router::new()
        .merge(providers::router(&sockets.addresses, folder.path(), &world)?)
        .merge(mailbox::router(mailbox));
    let addresses = sockets.addresses.clone();
    let ready = announce(addresses, world.clone(), started);
    if arguments.separate {
        tokio::try_join!(three_processes(sockets, &files, dev, world, stop), ready)?;
    } else {
        tokio::try_join!(one_process(sockets, &files, dev, world, stop), ready)?;
    }
    Ok(())
}

/// Where the demo keeps its state.
enum Folder {
    Kept(PathBuf),
    Temporary(tempfile::TempDir),
}

impl Folder {
    fn of(chosen: Option<&Path>) -> anyhow::Result<Self> {
        match chosen {
            Some(path) => {
                std::fs::create_dir_all(path)
                    .with_context(|| format!("{} cannot be made", path.display()))?;
                let path =
                    path.canonicalize().with_context(|| format!("{} cannot be used", path.display()))?;
                Ok(Self::Kept(path))
            }
            None => Ok(Self::Temporary(tempfile::tempdir().context("no temporary folder")?)),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Temporary(folder) => folder.path(),
        }
    }

    fn kept(&self) -> Option<&Path> {
        match self {
            Self::Kept(path) => Some(path),
            Self::Temporary(_) => None,
        }
    }
}

/// The ports, taken before anything is written that names them.
struct Sockets {
    platform: TcpListener,
    xis: TcpListener,
    /// For `/dev`, when the platform is another process.
    dev: Option<TcpListener>,
    addresses: Addresses,
}

impl Sockets {
    async fn take(arguments: &cli::Demo, catcher_port: u16) -> anyhow::Result<Self> {
        let take = |port: u16| async move { process::listen(&format!("127.0.0.1:{port}")).await };
        let platform = take(arguments.port).await.context("choose another --port")?;
        let xis = take(arguments.xis_port).await.context("choose another --xis-port")?;
        let dev = if arguments.separate { Some(take(0).await?) } else { None };
        let address = |listener: &TcpListener| anyhow::Ok(listener.local_addr()?.to_string());
        let addresses = Addresses {
            platform: address(&platform)?,
            xis: address(&xis)?,
            dev: address(dev.as_ref().unwrap_or(&platform))?,
            smtp_port: arguments.mail_server.unwrap_or(catcher_port),
            catches_mail: arguments.mail_server.is_none(),
        };
        Ok(Self { platform, xis, dev, addresses })
    }
}

/// Platform, practice system and `/dev` as one process.
async fn one_process(
    sockets: Sockets,
    files: &Files,
    dev: Router,
    world: World,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let file: PlatformFile = config::read(&files.platform)?;
    if files.owner.is_some() {
        file.migrate(files.owner.as_ref()).await?;
    }
    let store = file.store().await?;
    let db = store.db().clone();
    db.appear(world.chance.uuid().to_string()).await?;
    let platform = Platform::open(file.platform()?, store.clone(), world.clone()).await?;
    seed::platform(&store, &sockets.addresses, &world).await?;
    let xis = seeded_xis(files, world.clone()).await?;
    xis.appear().await?;
    let (portal, practices) = (platform.router().merge(dev), xis.router());
    let work = async {
        let jobs = async {
            tokio::join!(platform.run(stop.clone()), xis.run(stop.clone()));
            Ok(())
        };
        tokio::try_join!(
            process::serve(sockets.platform, portal, stop.clone()),
            process::serve(sockets.xis, practices, stop.clone()),
            jobs,
        )?;
        Ok(())
    };
    process::until_stopped(work, &world, &stop).await?;
    process::close(async {
        xis.close().await;
        db.close().await;
    })
    .await;
    Ok(())
}

/// The practice system with its demo agenda.
async fn seeded_xis(files: &Files, world: World) -> anyhow::Result<Xis> {
    let now = world.now();
    let xis = Xis::open(XisFile::read(&files.xis)?.xis, world).await?;
    seed::practice_system(&xis, now).await?;
    Ok(xis)
}

/// Platform and practice system as processes of their own; `/dev` stays here.
async fn three_processes(
    sockets: Sockets,
    files: &Files,
    dev: Router,
    world: World,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let file: PlatformFile = config::read(&files.platform)?;
    file.migrate(files.owner.as_ref()).await?;
    let store = file.store().await?;
    seed::platform(&store, &sockets.addresses, &world).await?;
    store.db().close().await;
    seeded_xis(files, world.clone()).await?.close().await;
    drop((sockets.platform, sockets.xis));
    let dev_listener = sockets.dev.context("no port for /dev")?;
    tokio::try_join!(
        process::until_stopped(process::serve(dev_listener, dev, stop.clone()), &world, &stop),
        child("serve", &files.platform, stop.clone()),
        child("xis", &files.xis, stop.clone()),
    )?;
    Ok(())
}

/// One of our own commands as a process, ended when the demo is.
async fn child(command: &str, file: &Path, stop: CancellationToken) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("the program does not know where it is")?;
    let mut child = Command::new(program)
        .arg(command)
        .arg("--config")
        .arg(file)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("balie {command} does not start"))?;
    tokio::select! {
        status = child.wait() => {
            if !stop.is_cancelled() {
                bail!("balie {command} ended: {}", status?);
            }
        }
        () = stop.cancelled() => {
            // Ctrl-C in a terminal reaches the child too; a SIGTERM to us alone does not.
            if let Some(id) = child.id() {
                let _ = Command::new("kill").arg(id.to_string()).status().await;
            }
            let _ = tokio::time::timeout(Duration::from_secs(10), child.wait()).await;
        }
    }
    Ok(())
}

/// Says that everything is ready once it is.
async fn announce(addresses: Addresses, world: World, started: Instant) -> anyhow::Result<()> {
    for address in
        [format!("http://{}/readyz", addresses.platform), format!("{}/metadata", addresses.xis_fhir())]
    {
        wait_for(&address, &world).await?;
    }
    process::say(&banner::text(&addresses, started.elapsed()));
    Ok(())
}

async fn wait_for(address: &str, world: &World) -> anyhow::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let mut request = world::Request::default();
        *request.uri_mut() = address.parse()?;
        let answer = world.http.send(request, Limits::default()).await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("{address} does not answer after 30 s");
        }
        world.clock.sleep(Duration::from_millis(20)).await;
    }
}
