//! Creating an account, logging in and choosing a new password. Plain forms, no script.

mod code;
mod field;
mod login;
mod next;
mod register;
mod reset;
mod wording;

pub use code::{Code, CodeFor, nothing_waits};
pub use login::{After, LogIn};
pub use next::Next;
pub use register::Register;
pub use reset::{Reset, ResetChoose, reset_dead, reset_sent};
