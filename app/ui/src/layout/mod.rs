//! The frame of every page, and the sheet of the printed copy.

mod footer;
mod frame;
mod header;
mod logo;
mod print_sheet;
mod skip_link;

pub use footer::SiteFooter;
pub use frame::{Frame, PageFrame, Shape};
pub use header::{LogOut, NavLink, Press, SiteHeader};
pub use logo::Logo;
pub use print_sheet::PrintSheet;
pub use skip_link::{FORM, MAIN, SkipLink};
