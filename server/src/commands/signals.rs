//! Being told to stop.

use std::future::{Future, pending};

use anyhow::{Context, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::{info, warn};

/// Done when the program is told to stop: by SIGTERM, by Ctrl-C, or by SIGHUP, since the terminal that
/// it was started from is gone. From then on a further SIGTERM or Ctrl-C ends it at once; a further
/// SIGHUP does not, for a terminal that closes often sends two.
pub fn stop_signal() -> Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    // Under `nohup` a hang-up is to be ignored, and stays so.
    let mut hang_up = if ignores_hang_up() { None } else { Some(listen(SignalKind::hangup())?) };
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = received(&mut hang_up) => {}
        }
        info!("stopping");
        tokio::spawn(end_at_once(terminate, interrupt));
    })
}

/// SIGHUP stays caught, and has no effect any more.
async fn end_at_once(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    warn!("stopped at once, because told to stop again");
    std::process::exit(1);
}

fn listen(kind: SignalKind) -> Result<Signal> {
    signal(kind).context("cannot listen for signals")
}

async fn received(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => pending().await,
    }
}

/// Whether the program was started with SIGHUP ignored. Linux tells by a mask, in hexadecimal, whose
/// first bit is signal 1; elsewhere it is taken not to be.
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
