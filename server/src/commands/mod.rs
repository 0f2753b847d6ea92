//! The commands of `lodge`.

mod audit;
mod forms;
mod migrate;
mod purge;
mod serve;
mod signals;
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
    /// Brings the database up to date first. Stops on SIGTERM, Ctrl-C or SIGHUP, after the requests
    /// under way have been answered; a second SIGTERM or Ctrl-C ends it at once.
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
    /// `lodge serve` does the same by itself, every `LODGE_PURGE_INTERVAL`. Exits with 1, and has
    /// changed nothing, when the clock has jumped or far more than usual would be deleted.
    Purge {
        /// Say what would be reminded of and deleted, and change nothing
        #[arg(long)]
        dry_run: bool,
        /// Go on even though the clock has jumped or far more than usual is deleted
        #[arg(long, conflicts_with = "dry_run")]
        even_so: bool,
    },
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
    /// Exits with 0 when none has, and with 1 and the number of the first one when one has. Changes
    /// nothing.
    Verify {
        /// A copy of the anchor file, or lines saved from the log: the audit log must also have
        /// everything that it had when they were written
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let Lodge { command, config } = Lodge::parse();
    let config = config.as_deref();
    let done = match command {
        Command::Serve => serve::serve(config),
        Command::Migrate => migrate::migrate(config),
        Command::Forms(Forms::Check { dir }) => forms::check(config, dir.as_deref()),
        Command::Audit(Audit::Verify { since }) => audit::verify(config, since.as_deref()),
        Command::Purge { dry_run: true, .. } => purge::dry_run(config),
        Command::Purge { even_so, .. } => purge::purge(config, even_so),
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
