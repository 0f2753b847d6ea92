//! The commands of `lodge`.

mod audit;
mod forms;
mod migrate;
mod purge;
mod serve;
mod start;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::describe;

/// An e-service with which people apply to a public authority.
#[derive(Debug, Parser)]
#[command(name = "lodge", version, about, long_about = None, arg_required_else_help = true)]
struct Lodge {
    #[command(subcommand)]
    command: Command,
    /// A TOML file of settings; the environment wins over it
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages, send the mail and delete what has expired, until told to stop
    ///
    /// Brings the database up to date first. Stops on SIGTERM or Ctrl-C, after the requests under
    /// way have been answered.
    #[command(after_long_help = describe::help())]
    Serve,
    /// Bring the database up to date, and exit
    Migrate,
    /// Work with form definitions
    #[command(subcommand)]
    Forms(Forms),
    /// Work with the audit log
    #[command(subcommand)]
    Audit(Audit),
    /// Send the reminders that are due, delete the drafts whose time is up and what else has
    /// expired, and exit
    ///
    /// `lodge serve` does the same by itself, every `LODGE_PURGE_INTERVAL`.
    Purge,
}

#[derive(Debug, Subcommand)]
enum Forms {
    /// Report every mistake in form definitions, with its file, line and column
    ///
    /// Exits with 0 when there is none, and with 1 when there is.
    Check {
        /// The directory of form definitions; without it, that of LODGE_FORMS_DIR, or the ones
        /// built in
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Tell whether any row of the audit log has been changed, removed or moved
    ///
    /// Exits with 0 when none has, and with 1 and the number of the first one when one has.
    Verify,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let Lodge { command, config } = Lodge::parse();
    let config = config.as_deref();
    let done = match command {
        Command::Serve => serve::serve(config),
        Command::Migrate => migrate::migrate(config),
        Command::Forms(Forms::Check { dir }) => forms::check(config, dir.as_deref()),
        Command::Audit(Audit::Verify) => audit::verify(config),
        Command::Purge => purge::purge(config),
    };
    done.unwrap_or_else(|error| {
        eprintln!("lodge: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Lodge::command().debug_assert();
    }
}
