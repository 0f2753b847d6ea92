//! Hashing passwords without letting a flood of log-ins take all memory and time.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use backend::fault::Fault;
use domain::answers::normalised;
use ports::Random;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// What is checked when there is no account, so that it takes as long as when there is one. No
/// password is known to have this hash. Its parameters are those of [`params`].
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bG9kZ2UtZHVtbXktc2FsdA$qKrkpyTAzpKfrfaoyFmcfyaJHN5zd3TGZLOB6BmnL2o";

/// Argon2id at work in a fixed number of places, with a line of limited length before them.
///
/// Each hash takes 19 MiB and some ten milliseconds. Without a bound, a thousand log-ins at once
/// would take gigabytes and stop every other page; so whoever finds the line full, or waits in
/// it too long, is asked to come back.
pub struct HashingPool {
    places: Arc<Semaphore>,
    line: Arc<Semaphore>,
    wait: Duration,
    random: Arc<dyn Random>,
}

impl HashingPool {
    /// `places` hashes at a time, `line` waiting besides, none longer than `wait`.
    pub fn new(places: usize, line: usize, wait: Duration, random: Arc<dyn Random>) -> Self {
        let places = places.max(1);
        Self { places: Arc::new(Semaphore::new(places)), line: Arc::new(Semaphore::new(places + line)), wait, random }
    }

    /// The password's hash as a PHC string, salted.
    pub async fn hash(&self, password: &str) -> Result<String, Fault> {
        let salt: [u8; 16] = self.random.bytes();
        let password = normalised(password);
        self.work(move || {
            let hash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(internal)
        })
        .await
    }

    /// Whether `password` has this hash. `None` takes as long and is never right.
    pub async fn is_right(&self, password: &str, hash: Option<String>) -> Result<bool, Fault> {
        let password = normalised(password);
        self.work(move || {
            let known = PasswordHash::new(hash.as_deref().unwrap_or(DUMMY)).map_err(internal)?;
            let is_right = argon2()?.verify_password(password.as_bytes(), &known).is_ok();
            Ok(is_right && hash.is_some())
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let busy = Fault::Busy(self.wait);
        let in_line = self.line.clone().try_acquire_owned().map_err(|_| busy)?;
        let place = timeout(self.wait, self.places.clone().acquire_owned()).await.map_err(|_| busy)?;
        let place = place.map_err(internal)?;
        // The places go with the work: a request that is given up does not free what is in use.
        tokio::task::spawn_blocking(move || held(place, in_line, work)).await.map_err(internal)?
    }
}

fn held<T>(_place: OwnedSemaphorePermit, _in_line: OwnedSemaphorePermit, work: impl FnOnce() -> T) -> T {
    work()
}

/// Argon2id with 19 MiB, two passes and one lane: the OWASP Password Storage Cheat Sheet's
/// recommendation.
fn argon2() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(19_456, 2, 1, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn internal(error: impl std::fmt::Display) -> Fault {
    tracing::error!(error = %error, "password.hash failed");
    Fault::Internal
}

#[cfg(test)]
mod tests {
    use ports::testing::TestRandom;

    use super::*;

    fn pool(places: usize, line: usize, wait: Duration) -> HashingPool {
        HashingPool::new(places, line, wait, Arc::new(TestRandom::default()))
    }

    #[tokio::test]
    async fn a_password_has_its_own_hash_and_no_other() {
        let pool = pool(2, 8, Duration::from_secs(5));
        let hash = pool.hash("correct horse battery staple").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(pool.is_right("correct horse battery staple", Some(hash.clone())).await.unwrap());
        assert!(!pool.is_right("correct horse battery stable", Some(hash.clone())).await.unwrap());
        assert_ne!(pool.hash("correct horse battery staple").await.unwrap(), hash, "each hash has its salt");
    }

    #[tokio::test]
    async fn a_password_is_the_same_however_its_accents_are_typed() {
        let pool = pool(2, 8, Duration::from_secs(5));
        let hash = pool.hash("sm\u{f6}rg\u{e5}sbord till alla").await.unwrap();
        assert!(pool.is_right("smo\u{308}rga\u{30a}sbord till alla", Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn without_an_account_no_password_is_right() {
        assert!(!pool(1, 1, Duration::from_secs(5)).is_right("", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_flood_is_asked_to_come_back_and_the_rest_is_served() {
        let pool = Arc::new(pool(1, 2, Duration::from_secs(30)));
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let pool = pool.clone();
                tokio::spawn(async move { pool.is_right("guess", None).await })
            })
            .collect();
        let mut served = 0;
        let mut refused = 0;
        for each in tries {
            match each.await.unwrap() {
                Ok(false) => served += 1,
                Err(Fault::Busy(_)) => refused += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(served >= 3 && refused > 0 && served + refused == 20, "{served} served, {refused} refused");
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_the_limit() {
        let pool = Arc::new(pool(1, 50, Duration::from_millis(1)));
        let tries: Vec<_> = (0..10)
            .map(|_| {
                let pool = pool.clone();
                tokio::spawn(async move { pool.is_right("guess", None).await })
            })
            .collect();
        let mut refused = 0;
        for each in tries {
            refused += usize::from(each.await.unwrap().is_err());
        }
        assert!(refused >= 8, "{refused} refused");
    }
}
