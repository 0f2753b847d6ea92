//! What the flows need from the world outside: the time, chance, e-mail and payment. The
//! adapters implement these traits; a test puts its own in their place.

pub mod clock;
pub mod host;
pub mod mailer;
pub mod payment;
pub mod random;
#[cfg(feature = "testing")]
pub mod testing;

pub use clock::Clock;
pub use host::is_this_machine;
pub use mailer::{Email, Mailer, SendError};
pub use payment::PaymentProvider;
pub use random::Random;
