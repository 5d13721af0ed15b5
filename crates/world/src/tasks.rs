use futures::future::BoxFuture;
use tokio_util::task::TaskTracker;

/// Work that goes on by itself, whether or not somebody still waits for it.
#[async_trait::async_trait]
pub trait Tasks: Send + Sync + 'static {
    /// Begins it. What comes back ends when the work has ended; dropping it ends nothing.
    fn start(&self, work: BoxFuture<'static, ()>) -> BoxFuture<'static, ()>;

    /// Does what takes a processor so long that it must not hold up others on the caller's thread. What comes back ends
    /// when the work has ended.
    fn compute(&self, work: Box<dyn FnOnce() + Send>) -> BoxFuture<'static, ()>;

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

    fn compute(&self, work: Box<dyn FnOnce() + Send>) -> BoxFuture<'static, ()> {
        let task = tokio::task::spawn_blocking(work);
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

#[cfg(test)]
mod tests {
    use std::thread;

    use crate::World;

    #[tokio::test]
    async fn what_takes_long_is_computed_on_another_thread_and_its_result_comes_back() {
        let world = World::system().unwrap();
        let here = thread::current().id();
        let there = world.compute(|| thread::current().id()).await.unwrap();
        assert_ne!(there, here);
    }

    #[tokio::test]
    async fn what_panics_has_no_result_and_takes_nothing_along() {
        let world = World::system().unwrap();
        let failed: Option<u8> = world.compute(|| "no number".parse().unwrap()).await;
        assert_eq!((failed, world.compute(|| 7).await), (None, Some(7)));
    }
}
