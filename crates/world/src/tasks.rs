use futures::future::BoxFuture;
use tokio_util::task::TaskTracker;

/// Work that goes on by itself, whether or not somebody still waits for it.
#[async_trait::async_trait]
pub trait Tasks: Send + Sync + 'static {
    /// Begins it. What comes back ends when the work has ended; dropping it ends nothing.
    fn start(&self, work: BoxFuture<'static, ()>) -> BoxFuture<'static, ()>;

    /// Returns when all that was started has ended.
    async fn all_ended(&self);
}

/// Tasks of the runtime that the caller is on.
#[derive(Debug, Clone, Default)]
pub struct SystemTasks(TaskTracker);

#[async_trait::async_trait]
impl Tasks for SystemTasks {
    fn start(&self, work: BoxFuture<'static, ()>) -> BoxFuture<'static, ()> {
        let task = self.0.spawn(work);
        Box::pin(async move {
            // A panic has been reported where it happened.
            let _ = task.await;
        })
    }

    async fn all_ended(&self) {
        self.0.close();
        self.0.wait().await;
    }
}
