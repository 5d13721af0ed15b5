use std::{ops::Deref, ops::DerefMut};

use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls};

use crate::Error;

/// A connection that is in no pool.
pub(crate) struct Alone {
    client: Client,
    connection: JoinHandle<()>,
}

impl Alone {
    pub(crate) async fn connect(config: &Config) -> Result<Self, Error> {
        let (client, connection) = config.connect(NoTls).await?;
        // Whoever asks next is told how it ended.
        let connection = tokio::spawn(async move { drop(connection.await) });
        Ok(Self { client, connection })
    }

    /// Takes leave of the server.
    pub(crate) async fn close(self) {
        drop(self.client);
        let _ = self.connection.await;
    }
}

impl Deref for Alone {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Alone {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}
